"""Who sees what of a base, and what looking leaves behind. No lake is opened."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from diebian.base.lake.public import lake_tables
from diebian.base.masterdata import handing
from diebian.base.masterdata.actions import start
from diebian.base.masterdata.declaration import text_of
from diebian.base.masterdata.looking import look_up
from diebian.base.masterdata.models import (
    Base,
    Build,
    BuildState,
    Decision,
    GoldenRecord,
    UncertainPair,
)
from diebian.base.masterdata.refusals import NothingCollected, PurposeMissing
from diebian.base.masterdata.shown import LOOKING
from diebian.base.masterdata.using import USER
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import (
    PLATFORM,
    Post,
    Refused,
    actor_by_username,
    register_person,
)
from diebian.security.tracker.public import reads_of
from diebian.standards.profile import read_declaration
from tests.browsing import browser, written_in

from .sample import (
    ANNA,
    DORA,
    HEALTH,
    HOUSES,
    INSURED,
    JOBS,
    OTHER,
    PLAN,
    WORK,
    declared,
    tables,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(db: None) -> Base:  # noqa: ARG001
    """Built once: one person whose name two tables tell differently, one pair that is unclear."""
    tables(collected=False, listed=[JOBS])
    version = declared()
    made = version.base
    at = {"snapshot": 7, "collected_at": clock.now().isoformat()}
    Build.objects.create(
        base=made, number=1, version=version, state=BuildState.DONE, asked_by="样例",
        sources=dict.fromkeys((JOBS, INSURED, HOUSES), at), asked_at=clock.now(),
        counts={
            "entities": 2, "written": 2, "new": 2, "joined": 0, "asked": 1, "merged": 0,
            "split": 0, "ended": 0, "sources": {JOBS: {"rows": 4, "without": 1, "unusable": 1}},
            "conflicts": {"name": {"entities": 1, "lost": {JOBS: 1}}},
        },
    )  # fmt: skip
    GoldenRecord.objects.create(
        base=made, number=1, since=1, version=version, identifier=ANNA, digest="x",
        values={"id_number": ANNA, "name": "周晚晴", "born": "1991-06-14", "phone": None},
        chosen={"id_number": [0, "1"], "name": [1, ANNA], "born": [1, ANNA], "phone": None},
        said={"name": [["0", "1", "周婉晴"], ["1", ANNA, "周晚晴"]]},
        members=[["0", "1"], ["1", ANNA]], tokens=[f"#{ANNA}"],
    )  # fmt: skip
    UncertainPair.objects.create(
        base=made, left=f"{HOUSES}:H2", right=f"#{DORA}", score=950, levels="120",
        told=[["买买提艾力", "1988-03-13", None], ["买买提艾力", "1988-03-12", "13800000001"]],
        digest="d" * 32, why="between", build=1, version=version,
    )  # fmt: skip
    made.built, made.next_number = 1, 3
    made.save()
    return made


def test_a_record_tells_where_each_value_stands_and_the_person_sees_who_looked(base: Base) -> None:
    register_person(username="anna", password="样例-2026-长", name="样例", id_number=ANNA,
                    phone="13800000000", is_sample=True, by=PLATFORM)  # fmt: skip
    key = actor_by_username("anna").key
    keeper = browser(who())
    assert (
        keeper.post("/bases/people/find", {"identifier": ANNA})["Location"]
        == "/bases/people/records/1/"
    )
    masked = keeper.get("/bases/people/records/1/").content.decode()
    assert ANNA not in masked
    assert "周晚晴" not in masked
    assert keeper.post("/bases/people/records/1/plain", {"purpose": ""}).status_code == 422
    page = keeper.post("/bases/people/records/1/plain", {"purpose": "样例核对"}).content.decode()
    for words in (ANNA, "周晚晴", "周婉晴", f"样例表 {INSURED}", "快照 7", "按先后信来源", "出生"):
        assert words in page
    lines = reads_of(person_key=key).lines
    assert [one.purpose for one in lines] == ["样例核对", "查看基础库记录（内容遮住）"]
    assert set(actions_on(f"{base.audit_subject}:1")) == {"masterdata.record.seen"}


@pytest.mark.usefixtures("base")
def test_who_keeps_it_sees_persons_who_feeds_it_counts_and_others_nothing() -> None:
    feeding = browser(who(Post.DATA_MANAGER, of=HEALTH))
    page = feeding.get("/bases/people/").content.decode()
    assert "说法不一的" in page
    assert "找一条记录" not in page
    assert feeding.get("/bases/people/records/1/").status_code == 403
    assert feeding.get("/bases/people/conflicts/name/").status_code == 403
    assert feeding.post("/bases/people/build").status_code == 403
    pair = UncertainPair.objects.get()
    assert feeding.get(f"/bases/pairs/{pair.pk}/plain").status_code == 403
    told = {"verdict": "same", "reason": "样例样例", "digest": pair.digest}
    assert feeding.post(f"/bases/pairs/{pair.pk}/decide", told).status_code == 403
    assert not Decision.objects.exists()
    stranger = browser(who(Post.DATA_MANAGER, of=OTHER))
    assert stranger.get("/bases/people/").status_code == 404
    assert "样例人口库" not in stranger.get("/bases/").content.decode()
    assert browser(who(Post.REVIEWER)).get("/bases/").status_code == 403
    head = who(Post.DATA_HEAD)  # of the department, but not named by the declaration
    assert browser(head).get("/bases/people/records/1/").status_code == 403
    with pytest.raises(Refused):
        look_up(slug="people", identifier=ANNA, purpose="样例", by=head)


@pytest.mark.usefixtures("base")
def test_a_pair_is_decided_in_words_once_and_taken_back() -> None:
    keeper, pair = browser(who()), UncertainPair.objects.get()
    listed = keeper.get("/bases/people/pairs/").content.decode()
    assert "姓名相同 +6.5，出生日期只有年、月、日里的一处不同 +3.0，电话有一边没有 0.0" in listed
    assert DORA not in listed
    address = f"/bases/pairs/{pair.pk}/"
    assert "买买提艾力" not in keeper.get(address).content.decode()
    assert "买买提艾力" in keeper.get(f"{address}plain").content.decode()
    told = {"verdict": "different", "reason": "不是一个人", "digest": pair.digest}
    assert keeper.post(f"{address}decide", {**told, "reason": ""}).status_code == 422
    old = keeper.post(f"{address}decide", {**told, "digest": "other"})
    assert "这一对已经变了" in old.content.decode()
    assert keeper.post(f"{address}decide", told)["Location"] == "/bases/people/pairs/"
    assert keeper.post(f"{address}decide", told).status_code == 422  # by the second of two
    assert "没有要定的" in keeper.get("/bases/people/pairs/").content.decode()
    made = Decision.objects.get()
    assert "不是一个人" in keeper.get("/bases/people/decisions/").content.decode()
    keeper.post(f"/bases/decisions/{made.pk}/revoke", {"reason": "弄错了"})
    assert "共 1 对" in keeper.get("/bases/people/pairs/").content.decode()
    assert set(actions_on(made.audit_subject)) == {
        "masterdata.decided.different",
        "masterdata.decision.revoked",
    }


def test_a_look_at_a_pair_is_seen_by_whoever_has_a_number(base: Base) -> None:
    register_person(username="dora", password="样例-2026-长", name="样例", id_number=DORA,
                    phone="13800000000", is_sample=True, by=PLATFORM)  # fmt: skip
    browser(who()).get(f"/bases/pairs/{base.pairs.get().pk}/plain")
    lines = reads_of(person_key=actor_by_username("dora").key).lines
    assert [one.purpose for one in lines] == [LOOKING]


def test_what_is_wrong_in_a_declaration_is_told_with_its_line(base: Base) -> None:
    keeper = browser(who())
    text = written_in(keeper.get("/bases/people/alter").text)
    answer = keeper.post("/bases/people/alter", {"text": text.replace("rule: trust", "rule: tust")})
    line = 1 + text[: text.index("rule: trust")].count("\n")
    assert answer.status_code == 422
    assert f"第 {line} 行：rule 应为 trust" in answer.content.decode()
    same = keeper.post("/bases/people/alter", {"text": text})
    assert "和现在的版本一样" in same.content.decode()
    told = text.replace("name: xm", "name: nothing")
    gone = keeper.post("/bases/people/alter", {"text": told})
    assert "里没有列：nothing" in gone.content.decode()
    assert base.versions.count() == 1
    assert keeper.post("/bases/people/alter", {"text": text.replace("15", "16")}).status_code == 302
    assert base.versions.count() == 2


def test_other_departments_tables_only_by_the_authority(db: None) -> None:  # noqa: ARG001
    tables(collected=False)
    manager = who(Post.DATA_MANAGER, of=HEALTH)
    from diebian.base.masterdata.actions import declare

    with pytest.raises(Refused):
        declare(told=PLAN, by=manager)
    own: dict[str, Any] = {
        **PLAN,
        "columns": [{**one, "rule": "longest", "order": [INSURED]} for one in PLAN["columns"][:3]],
        "sources": PLAN["sources"][1:2],
        "matching": {"identifier": "id_number"},
    }
    declare(told=own, by=manager)
    with pytest.raises(NothingCollected):
        start(slug="people", by=manager)
    assert {one.slug for one in lake_tables()} == {JOBS, INSURED, HOUSES}


def test_a_point_look_up_needs_a_purpose_and_a_record(base: Base) -> None:
    with pytest.raises(PurposeMissing):
        look_up(slug=base.slug, identifier=ANNA, purpose=" ", by=who())
    with pytest.raises(NotFound):
        look_up(slug=base.slug, identifier=DORA, purpose="样例", by=who())
    found = look_up(slug=base.slug, identifier=ANNA, purpose="样例", by=who())
    assert (found.number, found.values["name"]) == (1, "周晚晴")


def test_what_a_source_says_otherwise_goes_to_its_department_once(base: Base) -> None:
    keeper, address = browser(who()), "/bases/people/conflicts/name/"
    assert f"样例表 {JOBS}的 1 条交校核" in keeper.get(address).content.decode()
    # Nothing of the catalogue stands for this table: there is nobody to ask.
    assert keeper.post(f"{address}hand", {"table": INSURED}).status_code == 409
    for _ in range(2):
        assert keeper.post(f"{address}hand", {"table": JOBS}).status_code == 302
    page = browser(who(Post.DATA_MANAGER, of=WORK)).get("/corrections/").content.decode()
    assert page.count("样例查询：姓名") == 1
    assert "周" not in page
    assert "masterdata.handed_over" in actions_on(base.audit_subject)


def test_a_stored_declaration_is_told_as_one_writes_it_and_reads_as_the_same() -> None:
    text = text_of(PLAN)
    assert read_declaration(text, "样例") == (PLAN, [])
    assert text.index("slug") < text.index("title") < text.index("sources")


def test_the_next_persons_go_while_the_first_are_being_checked(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "MOST_AT_ONCE", 1)
    first = GoldenRecord.objects.get(base=base, number=1)
    first.pk, first.number, first.identifier = None, 7, DORA
    first.save()
    went = [handing.hand_over(slug="people", column="name", table=JOBS, by=who()) for _ in range(3)]
    assert went == [1, 1, 0]


def test_a_declaration_that_is_not_built_yet_does_not_change_what_places_mean(base: Base) -> None:
    columns = [{**one, "title": f"新的{one['title']}"} for one in PLAN["columns"]]
    declared(sources=PLAN["sources"][::-1], columns=columns)
    page = browser(who()).get("/bases/people/conflicts/name/").content.decode()
    assert "新的" not in page
    assert f"样例表 {JOBS}：周" in page.replace("<br>", "")
    assert handing.hand_over(slug=base.slug, column="name", table=JOBS, by=who()) == 1


def test_a_post_that_may_not_see_persons_any_more_does_not_at_once(base: Base) -> None:
    manager, pair = browser(who()), UncertainPair.objects.get()
    addresses = [f"/bases/people/records/{base.built}/", f"/bases/pairs/{pair.pk}/plain"]
    assert [manager.get(one).status_code for one in addresses] == [200, 200]
    declared(seen_by=["data_head"])
    assert [manager.get(one).status_code for one in addresses] == [403, 403]


@pytest.mark.usefixtures("base")
def test_a_department_that_feeds_it_no_longer_neither_lists_nor_opens_it() -> None:
    feeding = browser(who(Post.DATA_MANAGER, of=HEALTH))
    assert "样例人口库" in feeding.get("/bases/").content.decode()
    columns = [{**one, "order": [JOBS, HOUSES]} if "order" in one else one
               for one in PLAN["columns"]]  # fmt: skip
    rest = [one for one in PLAN["sources"] if one["table"] != INSURED]
    declared(sources=rest, columns=columns)
    assert "样例人口库" not in feeding.get("/bases/").content.decode()
    assert feeding.get("/bases/people/").status_code == 404


@pytest.mark.usefixtures("base")
def test_whoever_changes_a_table_is_told_which_base_is_made_from_it() -> None:
    [use] = USER.uses(JOBS)
    assert (use.words, use.href) == ("基础库：样例人口库", "/bases/people/")
    assert {"sfz", "xm", "tel", "gx"} <= use.columns
    assert USER.uses("elsewhere") == []


@pytest.mark.usefixtures("base")
def test_many_pairs_are_listed_with_as_many_questions_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    keeper, one = browser(who()), UncertainPair.objects.get()
    with CaptureQueriesContext(connection) as asked:
        keeper.get("/bases/people/pairs/")
    for number in range(5):
        one.pk, one.left = None, f"{HOUSES}:H{number + 10}"
        one.save()
    with django_assert_max_num_queries(len(asked)):
        keeper.get("/bases/people/pairs/")
