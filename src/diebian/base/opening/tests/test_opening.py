"""A table is opened: who may, which columns, and whether somebody could be found in it."""

from collections.abc import Callable

import pytest

from diebian.base.lake.public import lake_table
from diebian.base.opening.actions import agree, propose, publish, send_back, try_out, withdraw
from diebian.base.opening.columns import How, OpenColumn, lines_of
from diebian.base.opening.findings import finding_in
from diebian.base.opening.models import State
from diebian.base.opening.refusals import (
    ColumnNotOpen,
    FactsUnclear,
    NothingChosen,
    ReasonMissing,
    TitleTaken,
    TooEasyToFind,
    WrongState,
)
from diebian.base.opening.selectors import proposal_for
from diebian.base.opening.tables import entry_behind
from diebian.base.opening.using import USER
from diebian.kernel.errors import NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Actor, Post, Refused
from diebian.standards.metadata import DataClass
from diebian.standards.sharing import OpenType
from tests.browsing import browser

from .people import (
    AIR,
    AREA,
    BUREAU,
    DAY,
    OTHER,
    PEOPLE,
    RESULT,
    YEAR,
    a_person,
    a_table,
    air,
    facts,
    opened,
    proposed,
    published,
    who,
)


def test_three_people_open_a_table_and_each_act_stands_in_the_trail() -> None:
    a_table(AIR)
    row = published(air(), AIR)
    assert row.state == State.PUBLISHED
    assert actions_on(row.audit_subject) == [
        "opening.dataset.proposed", "opening.dataset.agreed", "opening.dataset.published",
    ]  # fmt: skip
    assert [one.columns for one in USER.uses(AIR)] == [{"day", "place", "aqi"}]
    withdraw(dataset_id=row.public_id, reason="发现有误", by=who(Post.DATA_HEAD))
    assert USER.uses(AIR) == []  # nobody has it any more
    row.refresh_from_db()
    assert (row.state, row.reason) == (State.WITHDRAWN, "发现有误")
    with pytest.raises(WrongState):
        publish(dataset_id=row.public_id, by=who(Post.AUTHORITY, BUREAU))


def test_beside_each_column_that_cannot_be_opened_stands_why() -> None:
    a_table(PEOPLE)
    table = lake_table(PEOPLE)
    told = {line.name: line.reasons for line in lines_of(entry_behind(table), table).columns}
    assert told["area"] == told["day"] == told["result"] == []
    assert told["id"] == ["级别是 3 级，2 级以下才能开放"]
    assert told["name"] == ["是个人信息（个人信息保护法 第二十五条：不得公开）"]


def test_a_column_that_nobody_described_is_not_opened() -> None:
    a_table(PEOPLE)
    table = lake_table(PEOPLE)
    bare = type(table)(**{**vars(table), "types": {**table.types, "extra": "VARCHAR"}})
    told = {line.name: line.reasons for line in lines_of(entry_behind(table), bare).columns}
    assert told["extra"] == ["目录里没有写这一列，没有人给它定过级别"]


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ((OpenColumn("name", "姓名"),), ColumnNotOpen),
        ((OpenColumn("id", "编号"),), ColumnNotOpen),
        ((OpenColumn("phone", "电话"),), ColumnNotOpen),
        ((OpenColumn("area", "区划", how=How.BAND, width=5),), ColumnNotOpen),
        ((OpenColumn("area", "区划", how=How.FIRST),), FactsUnclear),
        ((OpenColumn("area", "=cmd|x"),), FactsUnclear),
        ((OpenColumn("area", "一样"), OpenColumn("day", "一样")), FactsUnclear),
        ((OpenColumn("area", "limit"),), FactsUnclear),
        ((), NothingChosen),
    ],
)
def test_a_forged_proposal_opens_nothing(
    columns: tuple[OpenColumn, ...], refusal: type[Exception]
) -> None:
    a_table(PEOPLE)
    with pytest.raises(refusal):
        proposed(facts(*columns))


@pytest.mark.parametrize(
    "changed",
    [
        {"open_type": OpenType.CLOSED},
        {"open_type": OpenType.CONDITIONAL},
        {"data_class": DataClass.IMPORTANT},
    ],
)
def test_an_entry_that_is_not_open_to_all_opens_nothing(changed: dict[str, object]) -> None:
    a_table(PEOPLE, **changed)
    with pytest.raises(ColumnNotOpen):
        proposed(facts(RESULT))


def test_whose_entry_holds_personal_information_cannot_say_that_no_person_is_meant() -> None:
    a_table(PEOPLE)
    with pytest.raises(FactsUnclear, match="要算一算"):
        proposed(facts(AREA, RESULT, about_people=False))


def test_days_find_people_and_the_way_out_was_tried_on_the_rows() -> None:
    a_table(PEOPLE)
    found = try_out(collection=PEOPLE, facts=facts(AREA, DAY, RESULT), by=who())
    assert (found.rows, found.smallest, found.below, found.is_good) == (400, 1, 400, False)
    advice = {one.says: one.below for one in found.advice}
    assert advice["“日期”只到年"] == advice["不开放“日期”"] == 15
    assert advice["不开放“区划”"] == 400
    with pytest.raises(TooEasyToFind, match="400 行"):
        proposed(facts(AREA, DAY, RESULT))


def test_small_groups_are_left_out_when_that_was_decided_and_not_too_many() -> None:
    a_table(PEOPLE)
    with pytest.raises(TooEasyToFind):
        proposed(facts(AREA, YEAR))
    row = proposed(facts(AREA, YEAR, leave_out_small=True))
    check = proposal_for(who(), row.public_id).finding
    assert check is not None
    assert (check.below, check.smallest, check.sizes, check.is_good) == (15, 15, [(15, 1)], True)
    assert finding_in(row.checks.get().found) == check
    with pytest.raises(TooEasyToFind, match="不能代表全部"):
        proposed(facts(AREA, DAY, title="别的", leave_out_small=True))


def test_what_a_whole_group_has_in_common_is_told_to_whoever_decides() -> None:
    a_table(PEOPLE)
    area = OpenColumn("area", "地方", how=How.FIRST, width=6, is_quasi=True)
    same = OpenColumn("area", "区划开头", how=How.FIRST, width=3)
    row = proposed(facts(area, same, RESULT, leave_out_small=True))
    told = proposal_for(who(Post.DATA_HEAD), row.public_id).finding
    assert told is not None
    assert told.same == [("区划开头", 3)]
    page = browser(who(Post.DATA_HEAD)).get(f"/opening/{row.public_id}/").content.decode()
    assert "每一行的“区划开头”都一样" in page


def test_two_files_of_one_table_are_counted_as_whoever_has_both_sees_them() -> None:
    a_table(PEOPLE)
    month = OpenColumn("day", "月份", how=How.MONTH, is_quasi=True)
    opened(facts(month, RESULT, title="按月"))  # some 40 rows in each month
    alone = facts(OpenColumn("area", "区划", how=How.FIRST, width=5, is_quasi=True), title="按区划")
    found = try_out(collection=PEOPLE, facts=alone, by=who())
    assert found.together_with == ["按月"]
    assert found.is_good
    both = facts(AREA, title="按区划")
    found = try_out(collection=PEOPLE, facts=both, by=who())
    assert (found.is_good, found.smallest < 20) == (False, True)


def test_what_was_sent_back_is_proposed_anew_in_its_place() -> None:
    a_table(AIR)
    row = proposed(air(), AIR)
    with pytest.raises(ReasonMissing):
        send_back(dataset_id=row.public_id, reason=" ", by=who(Post.DATA_HEAD))
    send_back(dataset_id=row.public_id, reason="说明太短", by=who(Post.DATA_HEAD))
    again = proposed(air(summary="改好的说明"), AIR)
    assert (again.pk, again.state, again.reason) == (row.pk, State.OFFICE_REVIEW, "")
    with pytest.raises(TitleTaken):
        proposed(air(), AIR)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (who, Refused),
        (lambda: who(Post.DATA_HEAD, OTHER), Refused),
        (lambda: who(Post.REVIEWER), Refused),
        (a_person, Refused),
    ],
    ids=["who proposed it", "another head", "another post", "a person"],
)
def test_nobody_else_agrees_publishes_or_withdraws(
    by: Callable[[], Actor], refusal: type[Exception]
) -> None:
    a_table(AIR)
    row = proposed(air(), AIR)
    with pytest.raises(refusal):
        agree(dataset_id=row.public_id, by=by())
    agree(dataset_id=row.public_id, by=who(Post.DATA_HEAD))
    with pytest.raises(refusal):
        publish(dataset_id=row.public_id, by=by())
    publish(dataset_id=row.public_id, by=who(Post.AUTHORITY, BUREAU))
    with pytest.raises(refusal):
        withdraw(dataset_id=row.public_id, reason="样例", by=by())
    with pytest.raises(Refused):
        propose(collection=AIR, facts=air(title="又"), by=who(of=OTHER))
    with pytest.raises(NotFound):
        proposal_for(who(of=OTHER), row.public_id)
