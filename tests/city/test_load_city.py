"""Loading a city's folder into the database, with the services' items along."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Max, Model

from diebian.base.directory.models import City
from diebian.base.directory.public import (
    AnotherCity,
    ProfileFaulty,
    ProfileSection,
    Verb,
    city,
    counties,
    history_of,
    load_city,
    name_on,
    organisation,
    organisations,
    profile_sections,
    working_calendar,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit.models import AuditEntry
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, department_name
from diebian.standards.marks import Mark
from diebian.standards.profile import load
from diebian.standards.profile.contents import POSTS

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parents[2] / "cities/yunxi"
FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = FIRST + timedelta(days=100)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "city"))


@pytest.fixture
def edit(pack: Path) -> Callable[[str, str, str], None]:
    def edited(file: str, was: str, will: str) -> None:
        text = (pack / file).read_text()
        assert was in text
        (pack / file).write_text(text.replace(was, will))

    return edited


def take_in(folder: Path, *, dry_run: bool = False, at: datetime = FIRST) -> list[str]:
    with clock.held_at(at):
        changes = load_city(profile=load(folder), by=PLATFORM, dry_run=dry_run)
    return [str(change) for change in changes]


def everything() -> dict[type[Model], tuple[int, object]]:
    """Row count and highest key, or parts of a key, of each table of ours."""
    return {
        model: (
            model._default_manager.count(),
            model._default_manager.aggregate(
                **{f"top_{one.name}": Max(one.name) for one in model._meta.pk_fields}
            ),
        )
        for model in apps.get_models()
        if model.__module__.startswith("diebian.")
    }


def test_a_city_is_taken_in_from_its_folder(pack: Path) -> None:
    told = take_in(pack)
    [first, *_] = told
    assert first.startswith("新增 城市 990100")
    line = city()
    assert line is not None
    assert line.hotline == "12300"
    assert list(counties()) == ["990102", "990121"]
    assert organisation("Y02").mark == Mark.SAMPLE
    assert [one.code for one in organisations(division="990102000000")] == ["Y07"]
    assert not working_calendar().is_workday(date(2026, 10, 1))


def test_a_second_load_changes_nothing_and_leaves_no_trace(pack: Path) -> None:
    take_in(pack)
    before = everything()
    assert take_in(pack) == []
    assert everything() == before


@pytest.mark.parametrize("is_loaded", [False, True])
def test_a_dry_run_tells_the_changes_and_makes_none(
    pack: Path, edit: Callable[[str, str, str], None], *, is_loaded: bool
) -> None:
    if is_loaded:
        take_in(pack)
        edit("city.yaml", "12300", "12301")
        edit("organisations.csv", "云溪市房契登记所", "云溪市房契登记局")
    before = everything()
    foretold = take_in(pack, dry_run=True)
    assert foretold
    assert everything() == before
    assert take_in(pack) == foretold


def test_each_change_is_told_with_what_was_and_what_will_be(
    pack: Path, edit: Callable[[str, str, str], None]
) -> None:
    take_in(pack)
    edit("city.yaml", "12300", "12301")
    edit(
        "holidays_2026.csv",
        "2026-10-10,6,adjusted_workday,国庆节调休上班,1",
        "2026-10-10,6,weekend,,0",
    )
    edit("divisions.csv", "柳桥街道", "柳岸街道")
    assert take_in(pack) == [
        "变更 城市 990100 云溪市 热线：12300 → 12301",
        "变更 区划 990102001000 柳岸街道 名称：柳桥街道 → 柳岸街道",
        "变更 工作日历 2026-10-10 安排：上班 → 休息",
    ]


def test_a_provisional_year_becomes_firm_in_one_line(
    pack: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("holidays_2026.csv", "provisional", "official")
    take_in(SMALL)
    assert take_in(pack) == ["变更 工作日历 2027 年 365 天 效力：暂定 → 正式"]


def test_a_former_name_is_kept_with_its_days(
    pack: Path, edit: Callable[[str, str, str], None]
) -> None:
    take_in(pack)
    credit_code = organisation("Y03").credit_code
    edit("organisations.csv", "云溪市房契登记所", "云溪市房契登记局")
    take_in(pack, at=LATER)
    before, since = LATER.date() - timedelta(days=1), LATER.date()
    assert name_on("Y03", FIRST.date() - timedelta(days=1)) is None
    assert name_on("Y03", before) == "云溪市房契登记所"
    assert name_on("Y03", since) == "云溪市房契登记局"
    assert name_on("990102000000", since) == "兰汀区"
    assert department_name(credit_code) == "云溪市房契登记局"
    assert [version.until for version in history_of("Y03")] == [since, None]


def test_a_new_parent_is_a_new_version(pack: Path, edit: Callable[[str, str, str], None]) -> None:
    take_in(pack)
    edit("organisations.csv", "市房契所,Y00", "市房契所,Y01")
    assert take_in(pack, at=LATER) == ["变更 机构 Y03 云溪市房契登记所 上级：Y00 → Y01"]
    assert [one.parent for one in history_of("Y03")] == ["云溪市人民政府", "云溪市数字事务署"]


def test_a_better_mark_is_a_correction_and_no_history(
    pack: Path, edit: Callable[[str, str, str], None]
) -> None:
    take_in(pack)
    row = next(
        line for line in (pack / "organisations.csv").read_text().splitlines() if "Y06" in line
    )
    edit("organisations.csv", row, row.replace("SAMPLE", "REAL"))
    assert take_in(pack, at=LATER) == ["变更 机构 Y06 云溪市康护保障处 标记：SAMPLE → REAL"]
    assert len(history_of("Y06")) == 1
    assert organisation("Y06").mark == Mark.REAL


def test_what_is_no_more_ends_and_stays_readable(pack: Path) -> None:
    take_in(pack)
    credit_code = organisation("Y06").credit_code
    file = pack / "organisations.csv"
    kept = [line for line in file.read_text().splitlines() if not line.startswith("Y06,")]
    file.write_text("\n".join(kept) + "\n")
    assert take_in(pack, at=LATER) == ["停用 机构 Y06 云溪市康护保障处"]
    assert department_name(credit_code) == "云溪市康护保障处"
    assert name_on("Y06", FIRST.date()) == "云溪市康护保障处"
    with pytest.raises(NotFound):
        organisation("Y06")
    assert take_in(pack, at=LATER) == []


def test_a_faulty_folder_changes_nothing(pack: Path, edit: Callable[[str, str, str], None]) -> None:
    before = everything()
    edit("service_items.csv", "YX-101,", "YX 101,")
    with pytest.raises(ProfileFaulty):
        take_in(pack)
    assert everything() == before


def test_another_city_is_refused(pack: Path) -> None:
    City.objects.create(code="123400", name="样例市", short_name="样例", hotline="1", lead="")
    before = everything()
    with pytest.raises(AnotherCity):
        take_in(pack)
    assert everything() == before


def test_a_section_that_fails_undoes_the_whole_load(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> list[object]:
        raise AnotherCity

    kept = dict(profile_sections._items)
    monkeypatch.setattr(profile_sections, "_items", kept)
    profile_sections.register(ProfileSection("zz", fails))  # type: ignore[arg-type]
    before = everything()
    with pytest.raises(AnotherCity):
        take_in(pack)
    assert everything() == before


def test_only_the_platform_loads() -> None:
    with pytest.raises(Refused):
        load_city(profile=load(SMALL), by=Actor(name="官员"))


def test_one_load_is_one_line_of_the_trail(pack: Path) -> None:
    take_in(pack)
    assert AuditEntry.objects.filter(action="directory.city.loaded").count() == 1


def test_the_city_check_knows_the_posts_that_identity_knows() -> None:
    assert set(POSTS) == set(Post)


def test_new_is_a_verb_of_its_own(pack: Path) -> None:
    changes = load_city(profile=load(pack), by=PLATFORM, dry_run=True)
    assert {change.verb for change in changes} == {Verb.NEW}
