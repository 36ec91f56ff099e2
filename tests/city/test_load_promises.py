"""What a city promises for the steps of a share request comes from its folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diebian.base.directory.loading.promises import load_promises
from diebian.base.directory.loading.record import load_record
from diebian.base.directory.public import sharing_promises
from diebian.kernel import clock
from diebian.standards.profile import load
from diebian.standards.promises import Promise, Step, limit_of

from .packs import CITIES, Pack

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = FIRST + timedelta(days=100)


@pytest.mark.parametrize("city", ["tieling", "yunxi"])
def test_each_sample_city_has_days_of_its_own(city: str) -> None:
    take_in(CITIES / city)
    [told] = sharing_promises()
    assert told.days
    for step, days in told.days.items():
        limit = limit_of(Step(step), [told], FIRST.date())
        assert (limit.days, "本市承诺" in limit.source) == (days, True)
    assert take_in(CITIES / city) == []


def test_a_new_promise_is_told_and_the_old_one_stays_for_what_began_under_it(
    tmp_path: Path,
) -> None:
    pack = Pack(tmp_path / "city")
    take_in(pack.folder)
    pack.edit("city.yaml", "office_review: 1, reply: 5", "reply: 7, check: 3")
    foretold = take_in(pack.folder, at=LATER, dry_run=True)
    assert len(sharing_promises()) == 1
    assert take_in(pack.folder, at=LATER) == foretold
    assert [one.removeprefix("变更 城市 990100 云溪市 ") for one in foretold] == [
        "共享期限（本单位审核）：1 个工作日 → 空",
        "共享期限（有条件共享的答复）：5 个工作日 → 7 个工作日",
        "共享期限（核实整改）：空 → 3 个工作日",
    ]
    assert sharing_promises() == [
        Promise(FIRST.date(), {"office_review": 1, "reply": 5}),
        Promise(LATER.date(), {"reply": 7, "check": 3}),
    ]


def test_of_two_loads_on_one_day_the_later_counts(tmp_path: Path) -> None:
    pack = Pack(tmp_path / "city")
    take_in(pack.folder)
    pack.edit("city.yaml", "reply: 5", "reply: 4")
    take_in(pack.folder, at=FIRST + timedelta(hours=2))
    assert sharing_promises() == [Promise(FIRST.date(), {"office_review": 1, "reply": 4})]


def take_in(folder: Path, *, at: datetime = FIRST, dry_run: bool = False) -> list[str]:
    """The city's own row and its promises: the rest of the folder says nothing of them."""
    profile = load(folder)
    assert profile.faults == []
    with clock.held_at(at):
        load_record(profile, dry_run=dry_run)
        return [str(one) for one in load_promises(profile, dry_run=dry_run)]
