"""Who sees what of quality, what is written down of a look, and a rule declared on the page."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.catalogue.public import Reading, health_sources, mount_resource, resource
from diebian.base.lake.public import lake_table
from diebian.base.quality.models import Order, OrderState, Rule
from diebian.base.quality.passes import Found
from diebian.base.quality.refusals import RuleTaken, RuleUnclear
from diebian.base.quality.rule_actions import declare_rule, end_rule
from diebian.base.quality.settling import Outcome, settle
from diebian.base.quality.using import USER
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused
from diebian.security.tracker.public import count_reads
from tests.browsing import browser
from tests.days import a_calendar

from .people import (
    AUTHORITY,
    GOOD_ID,
    OTHER,
    a_person,
    a_published_entry,
    a_rule,
    a_table,
    who,
)

pytestmark = pytest.mark.django_db
ROW = {"key": {"id": "7"}, "shown": {"name": "王芳芳"}, "person": GOOD_ID}


@pytest.fixture(autouse=True)
def _table(settings: Any, tmp_path: Any) -> None:
    settings.DIEBIAN_DATA = tmp_path
    a_calendar()
    a_table()


def broken(rule: Rule) -> Order:
    table = replace(lake_table("people"), collected_at=clock.now())
    settle(
        outcomes=[Outcome(table, clock.now(), 1, 10, [Found(rule, 10, 1, [ROW])])],
        asked_by=PLATFORM,
    )
    return Order.objects.get(rule=rule)


def text(actor: Any, address: str) -> str:
    answer = browser(actor).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_failing_rows_are_masked_until_somebody_who_must_find_them_looks() -> None:
    person = a_person()
    rule = a_rule("pattern", column="name", pattern="样例.", says="样例的名字")
    order = broken(rule)
    plain = f"/quality/rules/{rule.public_id}/rows"
    for address in (f"/quality/rules/{rule.public_id}/", f"/quality/orders/{order.public_id}/"):
        for actor in (who(), who(*AUTHORITY)):
            page = text(actor, address)
            assert "王*" in page
            assert "王芳芳" not in page
    assert count_reads(person_key=person) == 0
    assert browser(who(*AUTHORITY)).get(plain).status_code == 403
    assert browser(who(of=OTHER)).get(plain).status_code == 404
    assert "王芳芳" in text(who(), plain)
    assert count_reads(person_key=person) == 1
    assert actions_on(rule.audit_subject)[-1] == "quality.keys.seen"


def test_a_rule_is_declared_on_the_page_and_what_is_unclear_is_told() -> None:
    manager, address = browser(who()), "/quality/tables/people/declare"
    assert "列之间的条件" in manager.get(address).content.decode()
    told = {"column": "age", "least": "", "most": "", "days": "5"}
    page = manager.post(f"{address}?kind=range", told)
    assert (page.status_code, "最小和最大至少写一个" in page.content.decode()) == (422, True)
    sent = manager.post(f"{address}?kind=range", told | {"most": "120"})
    assert (sent.status_code, sent["Location"]) == (302, "/quality/tables/people/")
    assert "“age”不大于 120" in text(who(), "/quality/tables/people/")
    again = manager.post(f"{address}?kind=range", told | {"most": "120"})
    assert "这张表已经有这样一条规则" in again.content.decode()
    assert manager.get(f"{address}?kind=unknown").status_code == 404


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        ("range", {"column": "name", "most": "9"}, "不是数也不是日期"),
        ("range", {"column": "age", "most": "很大"}, "对不上"),
        ("range", {"column": "age", "most": "NaN"}, "对不上"),
        ("filled", {"column": 'x"; drop table t'}, "没有列"),
        ("pattern", {"column": "name", "pattern": "(", "says": "x"}, "写得不对"),
        ("pattern", {"column": "name", "pattern": "(?=a)", "says": "x"}, "不能用"),
        ("reference", {"column": "area", "other": "gone", "other_column": "x"}, "没有“gone”"),
        ("reference", {"column": "area", "other": "people", "other_column": "age"}, "类型对不上"),
        ("condition", {"column": "age", "relation": "above", "value": "x"}, "对不上"),
        ("condition", {"column": "age", "relation": "is"}, "和哪一列比"),
        ("timely", {}, "没有周期"),
        ("codes", {"column": "sex", "codes": " \n", "says": "x"}, "1 到 500"),
        ("unique", {"columns": "id,id"}, "写一次"),
        ("nothing", {}, "没有“nothing”"),
    ],
)
def test_what_is_unclear_is_refused_before_any_run(kind: str, told: Any, why: str) -> None:
    with pytest.raises(RuleUnclear, match=why):
        declare_rule(table="people", kind=kind, told=told, by=who())
    assert Rule.objects.count() == 0


def test_only_the_authority_may_let_a_rule_look_into_another_department() -> None:
    """Else the failing keys would tell anybody who is not in another's table."""
    a_table("others", of=OTHER)
    told = {"column": "sfz", "other": "others", "other_column": "sfz"}
    with pytest.raises(Refused):
        declare_rule(table="people", kind="reference", told=told, by=who())
    made = declare_rule(table="people", kind="reference", told=told, by=who(*AUTHORITY))
    assert made.says == "“sfz”在《样例表 others》的“sfz”里找得到"
    with pytest.raises(RuleTaken):
        declare_rule(table="people", kind="reference", told=told, by=who(*AUTHORITY))


def test_the_pages_lead_through_an_order() -> None:
    order = broken(a_rule("filled", column="name"))
    assert "“name”不是空的" in text(who(), "/quality/orders/")
    assert "1 件" in text(who(*AUTHORITY), "/quality/")
    own = f"/quality/orders/{order.public_id}/"
    browser(who()).post(f"{own}dispute", {"text": "确实没有"})
    assert "异议不成立" in text(who(*AUTHORITY), own)
    browser(who(*AUTHORITY)).post(f"{own}uphold", {"text": "已核"})
    order.refresh_from_db()
    assert order.state == OrderState.EXCUSED
    assert "允许 1 行" in text(who(), "/quality/tables/people/")
    assert browser(who(Post.DATA_MANAGER, OTHER)).get(own).status_code == 404


def test_a_list_costs_the_same_for_one_table_and_for_many() -> None:
    broken(a_rule("filled", column="name"))
    with CaptureQueriesContext(connection) as first:
        text(who(), "/quality/")
    for number in range(4):
        a_table(f"more{number}")
        a_rule("filled", table=f"more{number}", column="name")
    with CaptureQueriesContext(connection) as later:
        text(who(), "/quality/")
    assert len(later) == len(first)


def test_scores_tell_the_health_of_an_entry_and_stand_on_its_page() -> None:
    entry = a_published_entry()
    a_table("rows", entry=entry)
    settle(
        outcomes=[Outcome(lake_table("rows"), clock.now(), 1, 10,
                          [Found(a_rule("filled", table="rows", column="name"), 10, 1)])],
        asked_by=PLATFORM,
    )  # fmt: skip
    page = text(who(), f"/catalogue/{entry}/")
    assert "质量 90.00 分" in page
    assert "写的是每月更新，还没有归集过" in page
    assert "/quality/tables/rows/" in page
    settle(outcomes=[Outcome(lake_table("rows"), sentence="没有查成")], asked_by=PLATFORM)
    told = health_sources.get("quality-scores").tell(["sample", "unknown"])
    assert told == {"sample": Reading(None, "没有查成")}


def test_a_rule_stands_among_those_who_use_its_columns_and_those_it_looks_into() -> None:
    a_table("rows", {"id": "BIGINT", "name": "VARCHAR"})
    a_table("codes", {"id": "BIGINT", "code": "VARCHAR"})
    a_rule("filled", table="rows", column="name")
    end_rule(rule_id=a_rule("filled", table="rows", column="id").public_id, by=who())
    a_rule("reference", table="rows", column="name", other="codes", other_column="code")
    a_rule("unique", table="codes", columns=["id", "code"])
    assert [one.columns for one in USER.uses("rows")] == [{"name"}, {"name"}]
    assert [one.columns for one in USER.uses("codes")] == [{"code"}, {"id", "code"}]


def test_a_column_is_followed_from_its_source_to_the_interface_that_answers_with_it() -> None:
    a_table("rows", {"id": "BIGINT", "xm": "VARCHAR"}, entry=a_published_entry())
    rule = a_rule("filled", table="rows", column="xm")
    broken_in = Outcome(lake_table("rows"), clock.now(), 1, 10, [Found(rule, 10, 1)])
    settle(outcomes=[broken_in], asked_by=PLATFORM)
    page = text(who(), "/quality/tables/rows/lineage")
    assert "接口：样例查询</a>：姓名（<code>name</code>）" in page  # a field of the name `xm`
    assert "按同名推断" in page
    assert "1 条不合，共 1 条" in page
    assert page.count("<path ") == 3  # id and xm into the lake, xm out of it
    assert "没有地方用它" in page


def test_where_the_contract_names_its_table_nothing_is_guessed() -> None:
    entry = a_published_entry()
    a_table("rows", {"id": "BIGINT", "full_name": "VARCHAR", "xm": "VARCHAR"}, entry=entry)
    a_table("others", {"id": "BIGINT", "xm": "VARCHAR"}, entry=entry)
    contract = {**resource("sample").contract,
                "reads": {"table": "rows", "columns": {"name": "full_name"}}}  # fmt: skip
    mount_resource(entry_id=entry, slug="sample", title="样例查询", contract=contract,
                   probe=lambda _: {"name"}, by=who())  # fmt: skip
    page = text(who(), "/quality/tables/rows/lineage")
    assert page.count("接口：样例查询</a>：姓名（<code>name</code>）") == 1
    assert "按同名推断" not in page
    assert "接口：样例查询" not in text(who(), "/quality/tables/others/lineage")
