"""The guide says of every paper how it is answered, for items with and without a journey."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from diebian.scenes.services.items.facts import Demand, ItemFacts, Situation
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.materials.models import Kind, Material
from diebian.security.identity.public import department_keys

from .people import OTHER, OWNER, under_review

YES_NO = ("yes", "no")
FACTS = ItemFacts(
    "样例登记", "行政确认", OTHER,
    promised_days=3,
    conditions=("住在本市",),
    materials=(Demand("FORM"), Demand("PAPER", when={"house": ("yes",)}), Demand("OWN")),
    situations=(Situation("house", "您名下有房吗？", YES_NO),),
)  # fmt: skip


def an_item(facts: ItemFacts = FACTS, code: str = "S2") -> None:
    for name, kind, dataset in (
        ("FORM", Kind.FORM, ""), ("PAPER", Kind.DOC, ""), ("OWN", Kind.DATA, "样例数据"),
    ):  # fmt: skip
        told = {"name": f"材料{name}", "identity": f"{kind}:x", "kind": kind, "dataset": dataset}
        Material.objects.get_or_create(code=name, defaults={**told, "provider": OWNER})
    take_in([Wanted(code, facts, None)], department_keys())


def page(query: str = "") -> str:
    return Client().get(f"/items/S2/{query}").content.decode()


def test_an_item_without_a_journey_says_how_each_paper_is_answered() -> None:
    an_item()
    told = page()
    assert "在网上的表里填" in told
    assert "有这份信息，还没有和办理部门接通" in told
    assert "看情形才要的" in told
    assert "住在本市" in told


@pytest.mark.parametrize(("answer", "is_listed"), [("yes", True), ("no", False)])
def test_the_answers_choose_the_papers_without_script(answer: str, is_listed: bool) -> None:
    an_item()
    told = page(f"?house={answer}")
    assert ("材料PAPER" in told) is is_listed
    assert "看情形才要的" not in told
    assert 'type="radio"' in told


def test_what_nobody_offered_as_an_answer_changes_nothing() -> None:
    an_item()
    assert "看情形才要的" in page("?house=x&other=%3Cscript%3E")


def test_a_former_version_stays_a_page_and_says_what_changed() -> None:
    an_item()
    an_item(ItemFacts("样例登记", "行政确认", OTHER, promised_days=1))
    assert "第 2 版" in page()
    listed = Client().get("/items/S2/versions/").content.decode()
    assert "承诺时限：<del>3</del> 改为 <ins>1</ins>" in listed
    former = Client().get("/items/S2/versions/1/").content.decode()
    assert "现在已不是这样" in former
    assert Client().get("/items/S2/versions/9/").status_code == 404


def test_a_running_case_keeps_the_version_that_it_began_with() -> None:
    case = under_review()
    take_in([Wanted("S1", ItemFacts("样例事项", "公共服务", OWNER, promised_days=1), None)],
            department_keys())  # fmt: skip
    case.refresh_from_db()
    assert (case.version.number, case.version.facts.promised_days) == (1, 10)
    assert case.version.journey is not None
    assert case.item.journey is None


def test_a_version_in_force_is_not_rewritten_by_whoever_has_a_shell() -> None:
    an_item()
    version = ItemVersion.objects.get(item__code="S2")
    for statement in ("UPDATE services_itemversion SET document = '{}' WHERE id = %s",
                      "DELETE FROM services_itemversion WHERE id = %s"):  # fmt: skip
        with (
            pytest.raises(ProgrammingError, match="never rewritten"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [version.pk])


def test_what_is_promised_on_the_spot_is_not_told_as_the_days_of_the_law() -> None:
    an_item(replace(FACTS, promised_days=0))
    told = page()
    assert "<dd>当场" in told
    assert "<dd>20 个工作日" not in told
