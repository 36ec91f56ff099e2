"""Themes as rows: compiled, compiled again when an item changes, read by people and by editors."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from diebian.scenes.services.items.desk import touches
from diebian.scenes.services.items.facts import Demand, ItemFacts, Situation
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.models import ServiceItem
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.themes.actions import compile_themes
from diebian.scenes.services.themes.document import digest_of, read
from diebian.scenes.services.themes.models import Theme, ThemeVersion
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    actor_by_username,
    department_keys,
    register_official,
)
from tests.browsing import browser

from .people import OTHER, OWNER, WORD

MARRIED = Situation("married", "您结婚了吗？", ("已婚", "未婚"))


def an_item(code: str, owner: str = OWNER, *papers: Demand, **facts: Any) -> None:
    told: dict[str, Any] = {"name": f"样例{code}", "promised_days": 3} | facts
    wanted = ItemFacts(kind="公共服务", credit_code=owner, materials=papers, **told)
    take_in([Wanted(code, wanted, None)], department_keys())


@pytest.fixture(autouse=True)
def _theme(_scene: None) -> None:
    Material.objects.create(code="DOC", name="租赁合同", kind=Kind.DOC, identity="DOC:x")
    an_item("A1", OWNER, Demand("DOC"))
    an_item("B1", OTHER, Demand("DOC"), Demand(name="结婚证件", when={"married": ("已婚",)}),
            situations=(MARRIED,), promised_days=5)  # fmt: skip
    an_item("C1", OTHER, promised_days=2)
    places = [{"code": code, "after": after} for code, after in
              (("A1", []), ("B1", ["A1"]), ("C1", ["A1"]))]  # fmt: skip
    Theme.objects.create(code="OT1", name="样例开店一件事", kind="cross", objects_of="自然人",
                         department_id=department_keys()[OWNER], places=places)  # fmt: skip
    compile_themes(by=PLATFORM)


def numbers() -> list[int]:
    return list(ThemeVersion.objects.order_by("number").values_list("number", flat=True))


def page(query: str = "") -> str:
    answer = Client().get(f"/themes/OT1/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_same_again_is_no_new_version() -> None:
    [done] = compile_themes(by=PLATFORM)
    assert (done.is_new, numbers()) == (False, [1])
    version = ThemeVersion.objects.get()
    assert digest_of(version.compiled) == version.digest
    assert read(version.document, version.drawing) == done.told


def test_an_item_that_changes_compiles_its_themes_again_and_the_former_stays() -> None:
    an_item("C1", OTHER, promised_days=9)
    assert numbers() == [1, 2]
    days = [one.compiled.days for one in ThemeVersion.objects.order_by("number")]
    assert days == [8, 12]


def test_an_item_of_no_theme_compiles_nothing() -> None:
    an_item("Z1")
    assert numbers() == [1]


def test_a_theme_that_cannot_be_compiled_any_more_says_why_and_keeps_its_version() -> None:
    ServiceItem.objects.filter(code="C1").update(retired_on="2026-01-01")
    [done] = compile_themes(by=PLATFORM)
    assert "没有事项 C1，或者它已停办" in done.fault
    assert Theme.objects.get().fault == done.fault
    assert numbers() == [1]
    ServiceItem.objects.filter(code="C1").update(retired_on=None)
    compile_themes(by=PLATFORM)
    assert Theme.objects.get().fault == ""


def test_a_version_is_not_rewritten_by_whoever_has_a_shell() -> None:
    with (
        pytest.raises(ProgrammingError, match="never rewritten"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM services_themeversion")


def test_only_the_platform_compiles() -> None:
    with pytest.raises(Refused):
        compile_themes(by=Actor("外人", OWNER, key="x", posts=(Post.AUTHORITY,)))


def test_whoever_changes_an_item_is_told_which_themes_hang_on_it() -> None:
    told = [one.says(ServiceItem.objects.get(code="C1")) for one in touches]
    assert any("1 件一件事要重新编：“样例开店一件事”" in says for says in told)


def test_the_guide_asks_each_paper_once_and_shows_what_runs_at_the_same_time() -> None:
    told = page()
    assert told.count("租赁合同") == 1
    assert "2 个事项都要，只交一份：样例A1、样例B1" in told
    assert "同时办 2 路" in told
    assert "8 个工作日" in told
    assert "一个一个办要 10 个工作日" in told


def test_answers_and_choices_shorten_the_list_without_script() -> None:
    assert "看情形才要的" in page()
    assert "结婚证件" not in page("?married=未婚")
    told = page("?member=A1&member=C1")
    assert "您结婚了吗" not in told
    assert "同时办 2 路" not in told
    assert "5 个工作日" in told


@pytest.mark.parametrize("query", ["?member=Z9", "?married=%3Cb%3E&page=x"])
def test_what_nobody_offered_changes_nothing(query: str) -> None:
    assert "同时办 2 路" in page(query)


def test_themes_are_found_by_what_people_say() -> None:
    assert "/themes/OT1/" in Client().get("/search/?q=我要开店").content.decode()
    assert "样例开店一件事" in Client().get("/themes/?q=开店&kind=cross").content.decode()
    assert "没有找到" in Client().get("/themes/?q=月亮").content.decode()
    assert Client().get("/themes/OT9/").status_code == 404


def test_the_leading_department_reads_the_report_and_others_do_not() -> None:
    for username, code in (("lead", OWNER), ("other", OTHER)):
        register_official(username=username, password=WORD, name=username, department=code,
                          posts=[Post.DATA_MANAGER], by=PLATFORM)  # fmt: skip
    an_item("C1", OTHER, situations=(Situation("m", "您结婚了吗？", ("是", "否", "离异")),))
    lead, other = (browser(actor_by_username(one)) for one in ("lead", "other"))
    assert "1 处要定" in lead.get("/desk/themes/").content.decode()
    told = lead.get("/desk/themes/OT1/").content.decode()
    assert "同一个问题，两种问法" in told
    assert "样例B1的选项是已婚、未婚，样例C1的选项是是、否、离异" in told
    drawing = lead.get("/desk/themes/OT1/drawing.bpmn")
    assert b"member_C1" in drawing.content
    assert "没有本部门牵头" in other.get("/desk/themes/").content.decode()
    assert other.get("/desk/themes/OT1/").status_code == 404
    assert Client().get("/desk/themes/").status_code == 401
