"""The service items of a folder: changes told, retired items kept, cases readable."""

import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from diebian.base.directory.public import load_city
from diebian.kernel import clock
from diebian.scenes.services.actions import open_case
from diebian.scenes.services.journey import journey_of
from diebian.scenes.services.models import Case, ItemVersion, ServiceItem, State
from diebian.scenes.services.refusals import ItemRetired
from diebian.scenes.services.selectors import items_open, search
from diebian.security.audit.models import AuditEntry
from diebian.security.identity.public import PLATFORM, Actor, Kind
from diebian.standards.profile import load

CITIES = Path(__file__).parents[2] / "cities"
SMALL = CITIES / "yunxi"
FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = FIRST + timedelta(days=100)
Edit = Callable[[str, str], None]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "city"))


@pytest.fixture
def edit_items(pack: Path) -> Edit:
    def edited(was: str, will: str) -> None:
        file = pack / "service_items.csv"
        assert was in file.read_text()
        file.write_text(file.read_text().replace(was, will))

    return edited


def take_in(folder: Path, *, at: datetime = FIRST) -> list[str]:
    with clock.held_at(at):
        return [str(change) for change in load_city(profile=load(folder), by=PLATFORM)]


def without(pack: Path, code: str) -> None:
    file = pack / "service_items.csv"
    kept = [line for line in file.read_text().splitlines() if not line.startswith(f"{code},")]
    file.write_text("\n".join(kept) + "\n")


def a_case(code: str, state: State) -> Case:
    item = ServiceItem.objects.get(code=code)
    return Case.objects.create(
        case_no=f"{code}-{state}",
        item=item,
        department=item.department,
        version=item.versions.get(state="in_force"),
        applicant_key="somebody",
        applicant_name="样例",
        state=state,
        opened_by="somebody",
        opened_at=FIRST,
        received_at=FIRST,
    )


@pytest.mark.django_db
def test_items_carry_their_marks(pack: Path) -> None:
    take_in(pack)
    item = ServiceItem.objects.get(code="YX-201")
    assert (item.mark, item.promised_mark, item.statutory_check) == ("SAMPLE", "SAMPLE", "recalled")
    assert (item.statutory_days, item.statutory_unit, item.promised_days) == (30, "工作日", 8)


@pytest.mark.django_db
def test_the_item_of_the_journey_knows_what_it_asks(pack: Path) -> None:
    take_in(pack)
    item = ServiceItem.objects.get(code="YX-101")
    assert item.journey is not None
    assert set(item.journey["titles"]) == set(item.journey["asks"])
    assert "买屋取储金" in item.words
    assert ServiceItem.objects.filter(journey__isnull=True).count() == 4


@pytest.mark.django_db
def test_a_changed_promise_is_told_with_both_numbers(pack: Path, edit_items: Edit) -> None:
    take_in(pack)
    edit_items("unknown,3,SAMPLE", "unknown,1,SAMPLE")
    assert take_in(pack) == ["变更 事项 YX-101 安居储金购屋支取 承诺时限：3 → 1"]
    assert ServiceItem.objects.get(code="YX-101").promised_days == 1


@pytest.mark.django_db
def test_an_item_that_moves_is_told_by_the_names_of_departments(
    pack: Path, edit_items: Edit
) -> None:
    take_in(pack)
    edit_items("家册迁入登记,行政确认,Y04,市家册处", "家册迁入登记,行政确认,Y01,市数字署")
    assert take_in(pack) == [
        "变更 事项 YX-301 家册迁入登记 办理机构：云溪市门牌与家册处 → 云溪市数字事务署"
    ]


@pytest.mark.django_db
def test_an_item_that_is_no_more_is_retired_and_its_cases_stay(pack: Path) -> None:
    take_in(pack)
    running, _ = a_case("YX-401", State.UNDER_REVIEW), a_case("YX-401", State.APPROVED)
    without(pack, "YX-401")
    assert take_in(pack, at=LATER) == [
        "停用 事项 YX-401 工匠技能等级登记（还有 1 件在办，照常办完）"
    ]
    running.refresh_from_db()
    assert (running.item.name, running.state) == ("工匠技能等级登记", State.UNDER_REVIEW)
    assert running.item.retired_on == LATER.date()
    assert take_in(pack, at=LATER) == []
    assert search("工匠技能") == []


@pytest.mark.django_db
def test_a_retired_item_takes_no_new_application(pack: Path) -> None:
    take_in(pack)
    ServiceItem.objects.filter(code="YX-101").update(retired_on=FIRST.date())
    assert not items_open().filter(code="YX-101").exists()
    with pytest.raises(ItemRetired):
        open_case(item_code="YX-101", by=Actor(name="样例", kind=Kind.PERSON, key="x"))


@pytest.mark.django_db
def test_an_item_that_comes_back_is_open_again(pack: Path) -> None:
    take_in(pack)
    without(pack, "YX-401")
    take_in(pack)
    assert take_in(SMALL) == ["恢复 事项 YX-401 工匠技能等级登记"]
    assert ServiceItem.objects.get(code="YX-401").retired_on is None


@pytest.mark.django_db
def test_a_department_that_vanished_keeps_its_running_cases(pack: Path) -> None:
    take_in(pack)
    case = a_case("YX-401", State.UNDER_REVIEW)
    without(pack, "YX-401")
    file = pack / "organisations.csv"
    kept = [line for line in file.read_text().splitlines() if not line.startswith("Y05,")]
    file.write_text("\n".join(kept) + "\n")
    told = take_in(pack, at=LATER)
    assert [line.split("（")[0] for line in told] == [
        "停用 机构 Y05 云溪市工匠事务处",
        "停用 事项 YX-401 工匠技能等级登记",
    ]
    case.refresh_from_db()
    assert case.item.department.name == "云溪市工匠事务处"


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_are_one_load(pack: Path) -> None:
    told: list[int] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            told.append(len(load_city(profile=load(pack), by=PLATFORM)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told)[0] == 0
    assert sorted(told)[1] > 0
    assert AuditEntry.objects.filter(action="directory.city.loaded").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("folder", sorted(CITIES.iterdir()), ids=lambda folder: folder.name)
def test_a_whole_city_loads_within_five_seconds(folder: Path) -> None:
    began = time.monotonic()
    profile = load(folder)
    first = load_city(profile=profile, by=PLATFORM)
    took = time.monotonic() - began
    assert profile.faults == []
    assert (len(first) > 10, load_city(profile=profile, by=PLATFORM)) == (True, [])
    assert took < 5
    rows = ItemVersion.objects.filter(state="in_force").select_related("item")
    for version in rows[::25]:  # every item can be applied for; a few of each city are enough
        told = journey_of(version)
        assert told.decision["title"]
        assert told.fields
