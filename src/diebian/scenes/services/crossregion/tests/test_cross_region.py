"""跨省通办: which items and how, for everybody; what a window takes in for another city."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.carried_models import Carried, CarriedState
from diebian.scenes.services.crossregion import actions
from diebian.scenes.services.crossregion.actions import Told
from diebian.scenes.services.crossregion.refusals import (
    CarriedElsewhere,
    EvidenceMissing,
    NotCarried,
)
from diebian.scenes.services.items.facts import ItemFacts
from diebian.scenes.services.items.forms import VersionForm, told_of
from diebian.scenes.services.items.told import Names
from diebian.scenes.services.items.workbook import json_of, sent_in, workbook_of
from diebian.scenes.services.tests.people import OWNER, set_the_scene, the_item_says, who
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused
from diebian.standards.crossing import Way
from tests.browsing import browser
from tests.laid import laid_once

laid = laid_once(set_the_scene)
TOLD = {"applicant": "样例张三", "phone": "13800000000", "to_place": "样例省样例市",
        "to_body": "样例局", "papers": "身份证复印件 1 份\n申请表原件 1 份"}  # fmt: skip


@pytest.fixture(autouse=True)
def _scene(db: None) -> None:  # noqa: ARG001  asked for, so that there is one
    the_item_says(cross_region=True, cross_ways=(Way.ONLINE.value, Way.HANDED.value))


def taken() -> Carried:
    return actions.take_in(item_code="S1", told=Told(**TOLD), by=who("clerk"))


def page(path: str, **sent: Any) -> str:
    return Client().get(path, sent).content.decode()


def test_everybody_sees_which_items_are_had_from_elsewhere_and_how() -> None:
    assert "样例事项" in page("/cross-region/")
    assert "样例事项" in page("/cross-region/", way=Way.HANDED.value, q="样例事")
    assert "没有找到" in page("/cross-region/", way=Way.APPOINTMENT.value)
    assert "样例事项" in page("/cross-region/", way="别的")  # what nobody offered changes nothing
    guide = page(reverse("services:guide", args=["S1"]))
    assert Way.HANDED.says in guide
    the_item_says()
    assert "没有找到" in page("/cross-region/")


def test_how_goes_out_and_comes_in_by_form_workbook_and_json() -> None:
    facts = ItemFacts("样例事项", "公共服务", OWNER, objects=("自然人",), cross_region=True,
                      cross_ways=(Way.ONLINE.value, Way.HANDED.value))  # fmt: skip
    rows = [("S1", facts)]
    for content in (workbook_of(rows, Names()), json_of(rows, Names())):
        [sent] = sent_in(content)
        form = VersionForm(dict(sent.told), known={})
        assert form.is_valid(), form.errors
        read = form.facts(ItemFacts("样例事项", "公共服务", OWNER))
        assert (read.cross_region, read.cross_ways) == (True, facts.cross_ways)
    none = VersionForm({**told_of(facts, Names()), "cross_ways": []}, known={})
    assert none.is_valid()
    assert not none.facts(facts).cross_region
    assert not VersionForm({**told_of(facts, Names()), "cross_ways": ["别的"]}, known={}).is_valid()


def test_a_window_takes_in_for_another_city_and_each_step_stands_with_its_evidence() -> None:
    clerk = browser(who("clerk"))
    wrong = clerk.post("/window/carried/", {**TOLD, "item_code": "S1", "phone": "无"})
    assert wrong.status_code == 422
    assert "请写能打通的电话" in wrong.content.decode()
    assert "样例张三" in wrong.content.decode()
    made = clerk.post("/window/carried/", {**TOLD, "item_code": "S1"}, follow=True)
    row = Carried.objects.get()
    assert "样例省样例市，样例局" in made.content.decode()
    assert "申请表原件 1 份" in made.content.decode()
    path = f"/window/carried/{row.number}/"
    assert clerk.post(path, {"state": "sent", "evidence": " "}).status_code == 422
    assert clerk.post(path, {"state": "sent", "evidence": "EMS 样例 1"}).status_code == 302
    assert clerk.post(path, {"state": "sent", "evidence": "EMS 样例 1"}).status_code == 409
    clerk.post(path, {"state": "returned", "evidence": "对方来电，缺一页"})
    clerk.post(path, {"state": "sent", "evidence": "EMS 样例 2"})
    clerk.post(path, {"state": "done", "evidence": "样例文号"})
    told = [(one.state, one.evidence) for one in row.events.all()]
    assert told == [("taken", ""), ("sent", "EMS 样例 1"), ("returned", "对方来电，缺一页"),
                    ("sent", "EMS 样例 2"), ("done", "样例文号")]  # fmt: skip
    assert "services.carried.done" in actions_on(row.audit_subject)
    assert "登记到了哪一步" not in clerk.get(path).content.decode()


def test_what_is_not_sent_on_in_time_is_said() -> None:
    taken()
    clerk = browser(who("clerk"))
    with clock.held_at(clock.now() + timedelta(days=10)):
        assert "过了日子，还没有转出" in clerk.get("/window/carried/").content.decode()


def test_only_what_may_be_handed_in_elsewhere_by_a_window_and_only_its_own() -> None:
    row = taken()
    with pytest.raises(Refused):
        actions.take_in(item_code="S1", told=Told(**TOLD), by=who("reviewer"))
    for username in ("reviewer", "applicant"):
        assert browser(who(username)).get(f"/window/carried/{row.number}/").status_code == 404
        with pytest.raises(NotFound):
            actions.follow(number=row.number, state="sent", evidence="样例", by=who(username))
    with pytest.raises(CarriedElsewhere):
        actions.follow(number=row.number, state="done", evidence="样例", by=who("clerk"))
    with pytest.raises(EvidenceMissing):
        actions.follow(number=row.number, state=CarriedState.SENT, evidence="", by=who("clerk"))
    the_item_says(cross_region=True, cross_ways=(Way.ONLINE.value,))
    with pytest.raises(NotCarried):
        taken()
