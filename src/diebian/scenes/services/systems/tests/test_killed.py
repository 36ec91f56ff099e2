"""kill -9 between sending and noting: there it is one case, and here it is known."""

import os
from pathlib import Path

from pytest_django import Settings

from diebian.scenes.services.system_models import Push
from diebian.scenes.services.systems.pushing import push_due
from diebian.scenes.services.tests.people import under_review
from diebian.security.identity.public import PLATFORM
from tests.killed import killed_at

from .conftest import the_department_has_a_system
from .office import Office

WORK = """
import os
os.environ["DIEBIAN_GATEWAY"] = "{}"
from diebian.scenes.services.systems.pushing import push_due
from diebian.security.identity.public import PLATFORM
push_due(by=PLATFORM, point=point)
"""


def test_killed_between_sending_and_noting_there_is_one_case(
    transactional_db: None,  # noqa: ARG001  the other process sees what is committed
    office: Office,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    the_department_has_a_system()
    case = under_review()
    killed_at("sent", WORK.format(os.environ["DIEBIAN_GATEWAY"]), data=tmp_path)
    assert case.pushes.get().state == "waiting"
    Push.objects.update(next_try_at=case.opened_at)
    push_due(by=PLATFORM)
    assert (len(office.came), len(office.cases)) == (2, 1)
    assert case.pushes.get().number == office.cases[case.case_no]
