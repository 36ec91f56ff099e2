from collections.abc import Iterator

import pytest

from diebian.scenes.services.system_models import CaseSystem
from diebian.scenes.services.tests.people import OWNER, set_the_scene, the_item_says
from diebian.security.identity.public import department_keys

from .office import Office, opened

STATES = {
    "in": "received",
    "ok": "accepted",
    "more": "supplement",
    "yes": "granted",
    "no": "refused",
}


def the_department_has_a_system() -> None:
    set_the_scene()
    the_item_says(system="样例系统")
    CaseSystem.objects.create(
        name="样例系统", department_id=department_keys()[OWNER], caller="sample", purpose="样例",
        push="sample-cases", changes="sample-progress", states=STATES,
    )  # fmt: skip


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with opened() as found:
        monkeypatch.setenv("DIEBIAN_GATEWAY", found.address)
        yield found
