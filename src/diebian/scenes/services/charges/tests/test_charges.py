"""收费标准: everybody reads what an item costs, when and why; its department writes it anew."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from diebian.kernel import clock
from diebian.scenes.services.charges.selectors import all_charges, charges_in_force, history_of
from diebian.scenes.services.items import actions
from diebian.scenes.services.items.desk import draft_of
from diebian.scenes.services.items.facts import (
    ACCEPTANCE,
    HANDING_OUT,
    Charge,
    Charging,
    Reduction,
    Situation,
)
from diebian.scenes.services.items.models import ItemVersion, ServiceItem, State
from diebian.scenes.services.refusals import VersionFaulty
from diebian.scenes.services.tests.people import OTHER, OWNER, the_item_says, under_review, who
from diebian.security.identity.public import PLATFORM, Actor, Post, register_official
from tests.browsing import browser

ASKED = (
    Situation("用途", "做什么用？", ("住宅", "别的")),
    Situation("低保", "是低保对象吗？", ("是", "不是"), {"用途": ["住宅"]}),
    Situation("颜色", "什么颜色？", ("红", "蓝")),
)
COSTS = Charging(
    HANDING_OUT,
    10,
    (
        Charge("住宅登记费", 8000, "样例一号文", {"用途": ["住宅"]}),
        Charge("其他登记费", 55000, "样例一号文", {"用途": ["别的"]}),
    ),
    (Reduction("低保减半", 50, "样例二号文", {"低保": ["是"]}),),
)
HEAD = Actor("样例负责人", OWNER, key="dh", posts=(Post.DATA_HEAD,))
BUREAU = Actor("样例主管", OTHER, key="bureau", posts=(Post.AUTHORITY,))
ADDRESS, DESK = "/items/S1/charges/", "/desk/items/S1/charges/"


@pytest.fixture(autouse=True)
def _priced() -> None:
    the_item_says(situations=ASKED, charging=COSTS, fee="登记费")
    for username, code in (("manager", OWNER), ("other-manager", OTHER)):
        register_official(
            username=username,
            password="样例口令一二三",
            name=username,
            department=code,
            posts=[Post.DATA_MANAGER],
            by=PLATFORM,
        )


def item() -> ServiceItem:
    return ServiceItem.objects.get(code="S1")


def page(address: str = ADDRESS, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def total(**answers: str) -> str:
    told = charges_in_force(item(), answers)
    return told.total if told else "no charges"


def rows(charges: list[dict[str, str]], less: list[dict[str, str]]) -> dict[str, str]:
    """As a browser sends them."""
    sent: dict[str, str] = {}
    for prefix, told in (("c", charges), ("r", less)):
        sent |= {f"{prefix}-TOTAL_FORMS": str(len(told)), f"{prefix}-INITIAL_FORMS": "0"}
        sent |= {f"{prefix}-{at}-{k}": v for at, one in enumerate(told) for k, v in one.items()}
    return sent


def form(**changed: Any) -> dict[str, Any]:
    home = {"label": "住宅登记费", "yuan": "90.50", "basis": "样例三号文", "when": "用途=住宅"}
    terms = {"before": ACCEPTANCE, "days": "5", "fee": "登记费", "why": "样例标准调整"}
    return rows([home, {}], [{}]) | terms | {"given_back": ["refused"]} | changed


def test_everybody_reads_each_charge_with_its_situation_and_basis() -> None:
    told = page()
    for words in ("住宅登记费", "80.00 元", "“做什么用？”答“住宅”", "样例一号文", "减收 50%",
                  "领取决定以前", "10 个工作日内", "不退"):  # fmt: skip
        assert words in told
    assert "什么颜色" not in told  # no amount hangs on it


def test_it_comes_to_a_sum_once_every_question_that_counts_is_answered() -> None:
    assert total() == total(用途="住宅") == ""
    assert total(用途="别的") == "550.00"
    assert total(用途="住宅", 低保="是") == "40.00"
    assert total(用途="住宅", 低保="不是") == "80.00"
    told = page(f"{ADDRESS}?用途=住宅&低保=是")
    assert "40.00 元" in told
    assert "您的情形" in told


def test_the_guide_says_when_each_is_paid_and_leads_to_its_page() -> None:
    told = page("/items/S1/?用途=别的")
    assert "“做什么用？”答“别的”" in told
    assert "550.00 元" in told
    assert ADDRESS in told


def test_what_costs_nothing_says_so() -> None:
    the_item_says(fee="不收费")
    assert "办这件事不用缴钱" in page()
    assert list(all_charges()) == []
    the_item_says(fee="按企业收费标准")
    assert "以样例部门9111公示的为准" in page()


def test_all_that_costs_something_stands_in_one_list() -> None:
    assert [one.item.code for one in all_charges()] == ["S1"]
    assert "其他登记费" in page("/charges/")


def test_the_history_has_the_versions_that_changed_an_amount_and_no_others() -> None:
    the_item_says(situations=ASKED, charging=COSTS, fee="登记费", words="另一种叫法")
    dearer = replace(COSTS, charges=(replace(COSTS.charges[0], fen=9000), COSTS.charges[1]))
    the_item_says(situations=ASKED, charging=dearer, fee="登记费")
    newest, first = history_of(item())
    [change] = newest.changes
    assert (change.was.split("；")[0], change.will.split("；")[0]) == ("80.00 元", "90.00 元")
    assert len(first.changes) == 4  # two charges, a reduction, how it is paid
    assert "90.00 元" in page()


def test_its_data_manager_writes_it_two_others_agree_and_running_cases_keep_theirs() -> None:
    flat = replace(COSTS, charges=(replace(COSTS.charges[0], when={}),), reductions=())
    the_item_says(charging=flat, fee="登记费")
    case = under_review()
    the_item_says(situations=ASKED, charging=COSTS, fee="登记费")
    manager = browser(who("manager"))
    assert "改收费标准" in page(DESK, manager)
    assert manager.post(DESK, form())["Location"] == "/desk/items/S1/"
    assert total(用途="别的") == "550.00"  # not before it is passed
    told = draft_of(who("manager"), item())
    assert told is not None
    assert "90.50 元" in str(told.changes)
    actions.submit_version(item_code="S1", by=who("manager"))
    actions.approve_version(item_code="S1", by=HEAD)
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    assert total(用途="住宅") == "90.50"
    assert "不予办理的退" in page()
    case.refresh_from_db()
    assert case.version.facts.charging == flat
    assert history_of(item())[0].version.why == "样例标准调整"


def test_a_change_that_is_passed_for_a_later_day_is_told_before_it_holds() -> None:
    browser(who("manager")).post(DESK, form())
    actions.submit_version(item_code="S1", by=who("manager"))
    actions.approve_version(item_code="S1", by=HEAD)
    day = clock.today() + timedelta(days=9)
    actions.pass_version(item_code="S1", valid_from=day, by=BUREAU)
    assert total(用途="别的") == "550.00"
    assert f"{day:%Y-%m-%d} 起" in page()
    assert "已通过，等生效日" in page(DESK, browser(who("manager")))


def test_what_else_is_in_the_draft_stays_in_it() -> None:
    version = ItemVersion.objects.get(item__code="S1", state=State.IN_FORCE)
    changed = replace(version.facts, words="另一种叫法")
    actions.write_version(item_code="S1", facts=changed, why="样例", by=who("manager"))
    browser(who("manager")).post(DESK, form())
    draft = ItemVersion.objects.get(item__code="S1", state=State.DRAFT).facts
    assert (draft.words, draft.charging and draft.charging.days) == ("另一种叫法", 5)


def test_without_a_row_it_costs_nothing_from_then_on() -> None:
    sent = form(fee="不收费") | {f"c-0-{name}": "" for name in ("label", "yuan", "basis", "when")}
    browser(who("manager")).post(DESK, sent)
    assert ItemVersion.objects.get(item__code="S1", state=State.DRAFT).facts.charging is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"c-0-yuan": "九十"}, "输入"),
        ({"c-0-yuan": "0"}, "0.01"),
        ({"c-0-basis": ""}, "没有写全：依据"),
        ({"c-0-when": "用途"}, "应写成 情形=选项"),
        ({"c-0-when": "月亮=圆"}, "月亮"),
        ({"fee": "不收费"}, "却写着不收费"),
        ({"days": "900"}, "60"),
        ({"why": " "}, "理由"),
        ({"r-0-label": "样例减免", "r-0-percent": "50", "r-0-basis": "样例"}, "没有写全：什么情形"),
        ({"c-1-label": "住宅登记费", "c-1-yuan": "1", "c-1-basis": "样例"}, "写了 2 次"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_stays(
    changed: dict[str, str], says: str
) -> None:
    answer = browser(who("manager")).post(DESK, form(**changed))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert says in told
    assert "样例三号文" in told or "c-0-basis" in changed
    assert not ItemVersion.objects.filter(state=State.DRAFT).exists()


def test_an_action_without_a_form_is_held_to_the_same() -> None:
    facts = ItemVersion.objects.get(item__code="S1", state=State.IN_FORCE).facts
    for wrong in (
        replace(COSTS, charges=()),
        replace(COSTS, days=0),
        replace(COSTS, charges=(replace(COSTS.charges[0], fen=0),)),
        replace(COSTS, reductions=(replace(COSTS.reductions[0], percent=101),)),
        replace(COSTS, reductions=(replace(COSTS.reductions[0], when={}),)),
    ):
        with pytest.raises(VersionFaulty):
            actions.write_version(
                item_code="S1", facts=replace(facts, charging=wrong), why="样例",
                by=who("manager"),
            )  # fmt: skip


def test_who_may_not_write_reads_and_another_body_does_not_see_the_desk() -> None:
    assert "改收费标准" not in page(DESK, browser(who("reviewer")))
    assert browser(who("reviewer")).post(DESK, form()).status_code == 403
    assert browser(who("other-manager")).get(DESK).status_code == 404
    assert browser(who("applicant")).get(DESK).status_code == 403
