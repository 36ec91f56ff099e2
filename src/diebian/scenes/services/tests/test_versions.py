"""What an item says: written, agreed to, passed, in force from a day; by workbook and JSON too."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from diebian.kernel import clock
from diebian.scenes.services import refusals
from diebian.scenes.services.items import actions
from diebian.scenes.services.items.desk import draft_of
from diebian.scenes.services.items.facts import Demand, ItemFacts, Situation
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.importing import export, take_in_items
from diebian.scenes.services.items.models import ItemVersion, ServiceItem, State
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.materials.models import Kind, Material
from diebian.security.audit.public import lines_about
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, department_keys
from tests.browsing import browser
from tests.laid import laid_once

from .people import JOURNEY, OTHER, OWNER, a_draft, a_licence_type, under_review

MONDAY = datetime(2026, 9, 28, 1, tzinfo=UTC)
MANAGER = Actor("样例经办", OWNER, key="manager", posts=(Post.DATA_MANAGER,))
HEAD = Actor("样例负责人", OWNER, key="head", posts=(Post.DATA_HEAD,))
BUREAU = Actor("样例主管", OTHER, key="bureau", posts=(Post.AUTHORITY,))
STRANGERS = (
    Actor("外人", OTHER, key="x", posts=(Post.DATA_MANAGER, Post.DATA_HEAD)),
    Actor("审核", OWNER, key="y", posts=(Post.REVIEWER,)),
)


def _register() -> None:
    a_licence_type("居民户口簿", OTHER, is_collected=True)
    for code, name, kind, told in (
        ("M1", "居民户口簿", Kind.LICENCE, {"licence_type": "L1", "aliases": ["户口本"]}),
        ("M2", "抵押合同", Kind.DOC, {}),
    ):
        Material.objects.create(code=code, name=name, kind=kind, identity=f"{kind}:x", **told)


laid_here = laid_once(_register)


def now_says() -> ItemFacts:
    return ItemVersion.objects.get(item__code="S1", state=State.IN_FORCE).facts


def write(by: Actor = MANAGER, **changed: Any) -> ItemVersion:
    facts = replace(now_says(), **changed)
    return actions.write_version(item_code="S1", facts=facts, why="样例理由", by=by)


def handed_on(**changed: Any) -> None:
    write(**changed)
    actions.submit_version(item_code="S1", by=MANAGER)
    actions.approve_version(item_code="S1", by=HEAD)


def test_it_is_in_force_from_its_day_and_running_cases_keep_theirs() -> None:
    with clock.held_at(MONDAY):
        began = Wanted("S1", replace(now_says(), fee="样例"), JOURNEY)
        take_in([began], department_keys())  # in force from this Monday on
        case = under_review()
        handed_on(promised_days=3)
        tomorrow = clock.today() + timedelta(days=1)
        actions.pass_version(item_code="S1", valid_from=tomorrow, by=BUREAU)
        assert actions.begin_versions(by=PLATFORM) == 0
        assert now_says().promised_days == 10
    with clock.held_at(MONDAY + timedelta(days=1)):
        assert actions.begin_versions(by=PLATFORM) == 1
        assert actions.begin_versions(by=PLATFORM) == 0
        assert (now_says().promised_days, now_says().promised_mark) == (3, "")
        later = a_draft("stranger")
        assert (case.version.number, later.version.number) == (2, 3)
    former = ItemVersion.objects.get(item__code="S1", number=2)
    assert (former.state, str(former.valid_until)) == (State.REPLACED, "2026-09-28")
    told = [one.action for one in lines_about("item:S1:3")]
    assert told == [f"services.item.{verb}" for verb in
                    ("written", "submitted", "approved", "passed", "in_force")]  # fmt: skip


def test_each_step_is_its_own_persons_and_no_other_ones() -> None:
    for by in (*STRANGERS, HEAD, BUREAU):
        with pytest.raises(Refused):
            write(by, promised_days=3)
    write(promised_days=3)
    for by in (*STRANGERS, HEAD, BUREAU):
        with pytest.raises(Refused):
            actions.submit_version(item_code="S1", by=by)
    actions.submit_version(item_code="S1", by=MANAGER)
    for by in (*STRANGERS, MANAGER, BUREAU):
        with pytest.raises(Refused):
            actions.approve_version(item_code="S1", by=by)
    with pytest.raises(refusals.VersionElsewhere):
        actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    actions.approve_version(item_code="S1", by=HEAD)
    for by in (*STRANGERS, MANAGER, HEAD):
        with pytest.raises(Refused):
            actions.pass_version(item_code="S1", valid_from=clock.today(), by=by)
    with pytest.raises(Refused):
        actions.begin_versions(by=BUREAU)


def test_it_comes_back_with_a_reason_and_goes_again() -> None:
    handed_on(promised_days=3)
    with pytest.raises(refusals.WhyMissing):
        actions.send_back_version(item_code="S1", reason=" ", by=BUREAU)
    back = actions.send_back_version(item_code="S1", reason="太短", by=BUREAU)
    assert (back.state, back.reason) == (State.DRAFT, "太短")
    handed_on(promised_days=5)
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    assert now_says().promised_days == 5
    assert ServiceItem.objects.get(code="S1").promised_days == 5


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({}, refusals.VersionSame),
        ({"credit_code": OTHER}, refusals.FactFixed),
        ({"name": " "}, refusals.VersionFaulty),
        ({"statutory_days": 5}, refusals.VersionFaulty),
        ({"statutory_days": 5, "statutory_unit": "日", "statutory_source": "某法",
          "promised_days": 6}, refusals.VersionFaulty),
        ({"materials": (Demand("none"),)}, refusals.VersionFaulty),
        ({"materials": (Demand("M1"), Demand("M1"))}, refusals.VersionFaulty),
        ({"materials": (Demand(name="户口本"),)}, refusals.VersionFaulty),
        ({"materials": (Demand("M1", when={"x": ["y"]}),)}, refusals.VersionFaulty),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_when_it_is_written(
    changed: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        write(**changed)
    assert not ItemVersion.objects.exclude(state=State.IN_FORCE).exists()


def test_a_demand_for_what_is_held_does_not_get_past_its_writer() -> None:
    write(materials=(Demand("M1", way="paper"),))
    with pytest.raises(refusals.HeldAlready, match="居民户口簿"):
        actions.submit_version(item_code="S1", by=MANAGER)


def test_a_paper_under_a_new_name_is_shown_to_the_authority_and_registered_when_it_passes() -> None:
    handed_on(materials=(Demand(name="居民户口薄"), Demand("M2")))
    draft = draft_of(BUREAU, ServiceItem.objects.select_related("department").get(code="S1"))
    assert draft is not None
    assert [(one.name, one.like) for one in draft.likenesses] == [("居民户口薄", "居民户口簿")]
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    made = Material.objects.exclude(proposed_by="").get()
    assert now_says().codes == [made.code, "M2"]
    assert ServiceItem.objects.get(code="S1").materials == [made.code, "M2"]


def test_one_version_is_under_way_and_a_draft_can_be_discarded() -> None:
    write(promised_days=3)
    write(promised_days=4)
    actions.submit_version(item_code="S1", by=MANAGER)
    with pytest.raises(refusals.VersionUnderWay):
        write(promised_days=5)
    actions.send_back_version(item_code="S1", reason="样例", by=HEAD)
    actions.discard_version(item_code="S1", by=MANAGER)
    assert ItemVersion.objects.count() == 1


def test_a_day_that_is_past_is_no_beginning() -> None:
    handed_on(promised_days=3)
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(refusals.DayPast):
        actions.pass_version(item_code="S1", valid_from=yesterday, by=BUREAU)


def test_what_is_downloaded_and_sent_back_changes_nothing() -> None:
    situations = (Situation("婚姻", "您结婚了吗？", ("已婚", "未婚")),)
    demands = (Demand("M1", when={"婚姻": ["已婚"]}), Demand("M2", note="=1+1"))
    handed_on(situations=situations, materials=demands, conditions=("甲", "乙"))
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    objects = replace(now_says(), objects=("自然人",))
    actions.write_version(item_code="S1", facts=objects, why="样例", by=MANAGER)
    for verb, by in (("submit", MANAGER), ("approve", HEAD)):
        getattr(actions, f"{verb}_version")(item_code="S1", by=by)
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)
    for kind in ("xlsx", "json"):
        taken = take_in_items(content=export(MANAGER, kind), by=MANAGER)
        assert (taken.drafts, taken.same, taken.faults) == ([], 1, [])


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_what_was_altered_becomes_a_draft_and_a_fault_has_its_place(kind: str) -> None:
    with_objects()
    good, bad = altered(kind, "承诺时限", 4), altered(kind, "材料", "户口本 | 婚姻")
    wrong = take_in_items(content=bad, by=MANAGER)
    assert (len(wrong.faults), wrong.drafts) == (1, [])
    assert "第 1 行" in wrong.faults[0].sentence
    assert wrong.faults[0].at == ("F2" if kind == "xlsx" else "S1")
    taken = take_in_items(content=good, by=MANAGER)
    assert [one.code for one in taken.drafts] == ["S1"]
    assert ItemVersion.objects.get(item__code="S1", state=State.DRAFT).facts.promised_days == 4
    assert now_says().promised_days == 10


def with_objects() -> None:
    handed_on(objects=("自然人",))
    actions.pass_version(item_code="S1", valid_from=clock.today(), by=BUREAU)


def altered(kind: str, label: str, value: Any) -> bytes:
    content = export(MANAGER, kind)
    if kind == "json":
        told = json.loads(content)
        told["items"][0][{"承诺时限": "promised_days", "材料": "materials"}[label]] = value
        return json.dumps(told).encode()
    book = load_workbook(BytesIO(content))
    sheet = book["事项"]
    place = [cell.value for cell in sheet[1]].index(label) + 1
    sheet.cell(2, place).value = value
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", b"{", b"[]", b'{"items": 1}', b'{"format": "diebian-items/1", "items": 1}',
        b'{"format": "diebian-items/1", "items": [1]}', b"[" * 100_000, b"{" * 100_000,
        "事项,材料".encode("gb18030"), b"\x00" * 10,
    ],
)  # fmt: skip
def test_what_is_no_list_of_items_is_refused_with_a_sentence(content: bytes) -> None:
    sent = SimpleUploadedFile("样例.xlsx", content)
    answer = browser(MANAGER).post("/desk/items/upload/", {"sheet": sent})
    assert answer.status_code == 422
    assert "没有收" in answer.content.decode()


def test_anothers_item_and_odd_values_are_faults_and_not_drafts() -> None:
    told = {"format": "diebian-items/1", "items": [
        {"code": "none"}, {"code": "S1", "promised_days": {"a": 1}, "name": ["x"]}, {"code": "S1"},
    ]}  # fmt: skip
    taken = take_in_items(content=json.dumps(told).encode(), by=MANAGER)
    assert not taken.drafts
    assert {one.at for one in taken.faults} == {"none", "S1"}
    with pytest.raises(Refused):
        take_in_items(content=b"{}", by=HEAD)


def test_the_pages_lead_through_it_without_script() -> None:
    with_objects()
    writing = browser(MANAGER)
    page = writing.get("/desk/items/S1/edit/").content.decode()
    assert 'value="样例事项"' in page
    assert 'id="id_objects_0" checked' in page
    sent = {"name": "样例事项", "objects": "自然人", "promised_days": "2", "words": "样例叫法",
            "materials": "抵押合同", "why": "样例"}  # fmt: skip
    answer = writing.post("/desk/items/S1/edit/", sent | {"materials": "甲 | x"})
    assert answer.status_code == 422
    assert "甲 | x" in answer.content.decode()
    assert writing.post("/desk/items/S1/edit/", sent).status_code == 302
    assert "草稿" in writing.get("/desk/items/").content.decode()
    assert writing.post("/desk/items/S1/submit").status_code == 302
    assert browser(HEAD).post("/desk/items/S1/approve").status_code == 302
    passing = browser(BUREAU)
    assert (
        "承诺时限：<del>10</del> 改为 <ins>2</ins>"
        in passing.get("/desk/items/S1/").content.decode()
    )
    assert passing.post("/desk/items/S1/pass", {"valid_from": "x"}).status_code == 422
    day = f"{clock.today()}"
    assert passing.post("/desk/items/S1/pass", {"valid_from": day}).status_code == 302
    assert now_says().promised_days == 2


def test_a_draft_is_its_departments_until_it_is_handed_on() -> None:
    write(promised_days=3)
    assert "第 2 版" not in browser(BUREAU).get("/desk/items/S1/").content.decode()
    actions.submit_version(item_code="S1", by=MANAGER)
    assert "待主管部门审核" not in browser(BUREAU).get("/desk/items/S1/").content.decode()
    actions.approve_version(item_code="S1", by=HEAD)
    assert "请您审核" in browser(BUREAU).get("/desk/items/S1/").content.decode()
    assert browser(STRANGERS[0]).get("/desk/items/S1/").status_code == 404
