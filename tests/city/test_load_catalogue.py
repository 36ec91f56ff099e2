"""The catalogue of a folder: published entries, versions instead of overwriting, whole scale."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diebian.base.catalogue.actions import draft_entry, withdraw_entry
from diebian.base.catalogue.changing import approve_change, propose_change, publish_change
from diebian.base.catalogue.facts import EntryFacts
from diebian.base.catalogue.models import DataItem, Entry, Synonym
from diebian.base.catalogue.snapshot import facts_of
from diebian.base.catalogue.stock.loading import GONE
from diebian.base.catalogue.tests.factories import accounts, notices_of
from diebian.base.catalogue.versions import versions
from diebian.base.directory.public import load_city, organisation
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, Post
from diebian.standards.profile import check, load
from diebian.standards.sharing import SharingType
from diebian.standards.themes import Theme
from sandbox.expand import CITY, COUNTY, expand

from .packs import WHOLE, Pack

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = FIRST + timedelta(days=100)
HEADER = (
    "code,name,org_code,org_short,template,field_count,fields,share_type,share_condition,"
    "open_type,update_cycle,security_level,theme,origin,status"
)
HOUSES = (
    "Y03-0001,屋籍信息,Y03,市屋籍处,house,2,屋号:C:20;屋主:C:50:P,有条件共享,用于履职,"
    "不予开放,每日,一般数据3级,主题库·住房和城乡建设,invented,SAMPLE"
)
ROADS = (
    "Y01-0001,路网信息,Y01,市数字署,geo,1,路名:C:50,无条件共享,,无条件开放,每年,一般数据1级,,"
    "invented,SAMPLE"
)
CLAIMED = ROADS.replace("Y01-0001,路网信息,Y01", "Y03-0002,房契信息,Y03")  # journey.yaml has it


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    made = Pack(tmp_path / "city")
    made.write("catalogue.csv", "\n".join([HEADER, HOUSES, ROADS, CLAIMED]) + "\n")
    made.write("synonyms.csv", "words,status\n房子;屋籍,SAMPLE\n")
    return made


def take_in(pack: Pack, *, at: datetime = FIRST, dry_run: bool = False) -> list[str]:
    with clock.held_at(at):
        told = load_city(profile=load(pack.folder), by=PLATFORM, dry_run=dry_run)
    return [str(one) for one in told if "目录" in str(one) or "同义" in str(one)]


def test_rows_become_published_entries_that_say_what_the_row_says(pack: Pack) -> None:
    assert take_in(pack) == [
        "新增 目录 Y03-0001 屋籍信息",
        "新增 目录 Y01-0001 路网信息",
        "新增 同义词 房子、屋籍",
    ]
    entry = Entry.objects.get(code="Y03-0001")
    assert (entry.state, entry.mark, entry.county) == ("published", "SAMPLE", "")
    facts = facts_of(entry)
    assert (facts.level, facts.theme, facts.share_condition) == (3, Theme.HOUSING, "用于履职")
    assert [(item.name, item.privacy, item.length) for item in facts.items] == [
        ("屋号", "none", "20"),
        ("屋主", "personal", "50"),
    ]
    assert entry.search_text == "屋籍信息\n屋号\n屋主"


def test_a_second_load_changes_nothing_and_a_dry_run_writes_nothing(pack: Pack) -> None:
    assert len(take_in(pack, dry_run=True)) == 3
    assert not Entry.objects.exists()
    take_in(pack)
    assert take_in(pack, at=LATER) == []


def test_the_journeys_own_line_wins(pack: Pack) -> None:
    take_in(pack)
    assert not Entry.objects.filter(title="房契信息").exists()


def test_what_a_department_drafted_under_the_same_title_stays_its_own(pack: Pack) -> None:
    pack.write("catalogue.csv", f"{HEADER}\n{HOUSES}\n")
    take_in(pack)
    facts = EntryFacts(title="路网信息", sharing=SharingType.CONDITIONAL, review_due=LATER.date())
    draft_entry(facts=facts, by=_official("Y01", Post.DATA_MANAGER))
    pack.write("catalogue.csv", f"{HEADER}\n{HOUSES}\n{ROADS}\n")
    assert take_in(pack) == []
    assert Entry.objects.get(title="路网信息").state == "draft"


def test_a_changed_row_is_a_new_version(pack: Pack) -> None:
    take_in(pack)
    pack.edit("catalogue.csv", "屋主:C:50:P,有条件共享", "屋主:C:60:P,有条件共享")
    pack.edit("catalogue.csv", "不予开放,每日", "不予开放,每周")
    assert (
        take_in(pack, dry_run=True)
        == take_in(pack, at=LATER)
        == [
            "变更 目录 Y03-0001 屋籍信息 更新周期：每日 → 每周",
            "变更 目录 Y03-0001 屋籍信息 信息项“屋主”：屋主 | 字符 | 50 | 3 | 个人信息 → "
            "屋主 | 字符 | 60 | 3 | 个人信息",
        ]
    )
    entry = Entry.objects.get(code="Y03-0001")
    [before] = versions(entry)
    assert (before.who, before.until, before.facts.update_cycle.label) == ("平台", LATER, "每日")
    assert facts_of(entry).update_cycle.label == "每周"
    assert take_in(pack) == []


def test_a_row_that_is_gone_is_withdrawn_and_may_come_back(pack: Pack) -> None:
    take_in(pack)
    pack.write("catalogue.csv", f"{HEADER}\n{HOUSES}\n")
    assert take_in(pack) == ["停用 目录 Y01-0001 路网信息"]
    assert Entry.objects.get(code="Y01-0001").state == "withdrawn"
    assert take_in(pack) == []
    pack.write("catalogue.csv", f"{HEADER}\n{HOUSES}\n{ROADS}\n")
    assert take_in(pack) == ["恢复 目录 Y01-0001 路网信息"]
    assert Entry.objects.get(code="Y01-0001").state == "published"


def test_rows_that_change_or_go_together_are_told_together(pack: Pack) -> None:
    bridges = ROADS.replace("Y01-0001,路网信息", "Y01-0002,桥梁信息")
    pack.write("catalogue.csv", "\n".join([HEADER, HOUSES, ROADS, bridges]) + "\n")
    take_in(pack)
    head = _official("Y01", Post.DATA_HEAD)
    accounts(head)
    pack.write("catalogue.csv", pack.text("catalogue.csv").replace("每年", "每月"))
    take_in(pack)
    pack.write("catalogue.csv", f"{HEADER}\n{HOUSES}\n")
    take_in(pack)
    changed, gone = notices_of(head)
    assert changed.startswith("目录变更：2 条 | 云溪市数字事务署")
    assert gone.startswith("目录：2 条 | 云溪市数字事务署")
    assert GONE in gone


def test_what_people_withdrew_or_changed_is_not_undone_by_the_folder(pack: Pack) -> None:
    take_in(pack)
    head = _official("Y01", Post.DATA_HEAD)
    entry = Entry.objects.get(code="Y01-0001")
    withdraw_entry(entry_id=entry.public_id, reason="职责已调整", by=head)
    _change("Y03-0001", "部门自己写的摘要")
    pack.edit("catalogue.csv", "不予开放,每日", "不予开放,每周")
    [told] = take_in(pack)
    assert "部门自己改过，以部门的为准" in told
    assert take_in(pack) == []
    kept = Entry.objects.get(code="Y03-0001")
    assert (kept.summary, kept.update_cycle) == ("部门自己写的摘要", "day")
    assert Entry.objects.get(code="Y01-0001").state == "withdrawn"


def test_synonyms_follow_the_folder(pack: Pack) -> None:
    take_in(pack)
    pack.write("synonyms.csv", "words,status\n房子;屋籍;宅,SAMPLE\n")
    assert take_in(pack) == ["新增 同义词 房子、屋籍、宅", "停用 同义词 房子、屋籍"]
    assert set(Synonym.objects.values_list("word", flat=True)) == {"房子", "屋籍", "宅"}


def test_an_expanded_city_has_the_published_scale_and_is_the_same_each_time(
    tmp_path: Path,
) -> None:
    made = [expand(WHOLE, tmp_path / name) for name in ("one", "two")]
    first, second = ((tmp_path / name / "catalogue.csv").read_bytes() for name in ("one", "two"))
    assert (made, first == second) == ([CITY + COUNTY] * 2, True)
    assert check(tmp_path / "one") == []


def test_the_published_scale_is_loaded_within_seconds(tmp_path: Path) -> None:
    expand(WHOLE, tmp_path / "city")
    profile = load(tmp_path / "city")
    began = time.monotonic()
    load_city(profile=profile, by=PLATFORM)
    took = time.monotonic() - began
    claimed = sum("entry_code" in one for one in profile.journey["resources"])
    assert Entry.objects.filter(state="published").count() == CITY + COUNTY - claimed
    assert Entry.objects.exclude(county="").values("provider").distinct().count() == 396
    assert DataItem.objects.count() > 70_000
    assert took < 12  # alone on this machine: under 4 s
    began = time.monotonic()
    assert load_city(profile=profile, by=PLATFORM) == []
    assert time.monotonic() - began < 6


def _official(code: str, post: Post) -> Actor:
    of = organisation(code).credit_code
    return Actor(name="样例", department=of, key=post, posts=(post,))


def _change(code: str, summary: str) -> None:
    entry = Entry.objects.get(code=code)
    facts = facts_of(entry)
    propose_change(
        entry_id=entry.public_id,
        facts=EntryFacts(**{**vars(facts), "summary": summary}),
        why="样例",
        secrecy_reviewed=True,
        privacy_assessed=True,
        by=_official("Y03", Post.DATA_MANAGER),
    )
    approve_change(entry_id=entry.public_id, by=_official("Y03", Post.DATA_HEAD))
    publish_change(entry_id=entry.public_id, by=_official("Y01", Post.AUTHORITY))
