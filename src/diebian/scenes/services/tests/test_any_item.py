"""An item that declares no journey is applied for by what it says of itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from diebian.base.licences.public import licence_of_case
from diebian.scenes.services import actions, refusals, selectors
from diebian.scenes.services.items.facts import Demand, FormField, ItemFacts, Situation
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.journey import journey_for, journey_of
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.models import Case, ItemVersion, State
from diebian.security.identity.public import department_keys

from .people import NUMBERS, OTHER, OWNER, a_licence_type, who
from .test_pages import browser
from .test_papers import picture

FACTS = ItemFacts(
    "样例登记", "行政确认", OWNER,
    promised_days=3,
    objects=("自然人",),
    result="样例登记证",
    materials=(
        Demand("CARD"), Demand("FORM"), Demand("DEED", when={"房": ("有",)}),
        Demand("WORD", way="statement"),
    ),
    situations=(Situation("房", "您名下有房吗？", ("有", "没有")),),
    fields=(
        FormField("姓名", "实名账户"), FormField("配偶姓名", "婚姻登记"),
        FormField("人数", kind="count"), FormField("房屋 坐落", when={"房": ("有",)}),
    ),
)  # fmt: skip


def an_item(facts: ItemFacts = FACTS) -> None:
    a_licence_type("居民身份证", OTHER, is_collected=True)
    for code, kind in (("CARD", Kind.LICENCE), ("FORM", Kind.FORM), ("DEED", Kind.DOC),
                       ("WORD", Kind.DOC)):  # fmt: skip
        told = {"name": f"材料{code}", "identity": f"{kind}:x", "kind": kind}
        licence = "L1" if kind == Kind.LICENCE else ""
        Material.objects.get_or_create(code=code, defaults={**told, "licence_type": licence})
    take_in([Wanted("S2", facts, None)], department_keys())


def begun(**chosen: str) -> Case:
    case = actions.open_case(item_code="S2", by=who("applicant"))
    return actions.answer_questions(case_no=case.case_no, sent=chosen, by=who("applicant"))


def submitted(case: Case, **sent: str) -> Case:
    told = {"statement": "on", **sent}
    actions.fill_form(case_no=case.case_no, sent=told, by=who("applicant"))
    actions.submit_case(case_no=case.case_no, by=who("applicant"))
    case.refresh_from_db()
    return case


def test_it_is_filled_accepted_reviewed_and_decided() -> None:
    an_item()
    case = submitted(begun(房="没有"), 人数="２")
    assert (case.state, case.form) == (State.UNDER_REVIEW, {"人数": "2"})
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    licence = licence_of_case(case.case_no)
    assert licence is not None
    assert (licence.title, '"人数":"2"' in licence.body) == ("样例登记证", True)


def test_the_answers_choose_fields_and_papers() -> None:
    an_item()
    version = ItemVersion.objects.get(item__code="S2")
    owner, tenant = journey_of(version, {"房": "有"}), journey_of(version, {"房": "没有"})
    assert [one.name for one in owner.fields] == ["人数", "房屋坐落"]
    assert [one.name for one in tenant.fields] == ["人数"]
    assert [one.name for one in owner.demanded] == ["材料DEED"]
    assert [one.name for one in tenant.demanded] == []
    assert (owner.spared, tenant.spared) == (1, 1)


def test_what_others_hold_is_told_and_not_asked_of_the_person() -> None:
    an_item()
    [told] = journey_for(begun(房="有")).elsewhere
    assert "配偶姓名" in told
    assert "婚姻登记" in told


def test_an_item_that_declares_no_fields_asks_what_is_wanted() -> None:
    an_item(ItemFacts("样例许可", "行政许可", OWNER))
    case = actions.open_case(item_code="S2", by=who("applicant"))
    [field] = journey_for(case).fields
    case = submitted(case, **{field.name: "开一家\n面馆"})
    assert case.form == {field.name: "开一家\n面馆"}
    assert journey_for(case).decision["title"] == "样例许可决定书"


def test_the_form_waits_for_the_answers() -> None:
    an_item()
    case = actions.open_case(item_code="S2", by=who("applicant"))
    with pytest.raises(refusals.QuestionsOpen):
        actions.fill_form(
            case_no=case.case_no, sent={"statement": "on", "人数": "1"}, by=who("applicant")
        )


def test_another_answer_asks_for_a_new_statement() -> None:
    an_item()
    case = begun(房="没有")
    sent = {"statement": "on", "人数": "1"}
    actions.fill_form(case_no=case.case_no, sent=sent, by=who("applicant"))
    actions.answer_questions(case_no=case.case_no, sent={"房": "有"}, by=who("applicant"))
    with pytest.raises(refusals.FormUnfinished):
        actions.submit_case(case_no=case.case_no, by=who("applicant"))


def test_what_was_handed_in_keeps_the_papers_it_was_told(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    an_item()
    case = begun(房="有")
    told = {"material": "DEED", "name": "a.png", "content": picture()}
    actions.hand_in(case_no=case.case_no, by=who("applicant"), **told)  # type: ignore[arg-type]
    case = submitted(case, 人数="1", 房屋坐落="样例路 1 号")
    Material.objects.filter(code="DEED").update(kind=Kind.FORM)
    assert [one.name for one in journey_for(case).demanded] == ["材料DEED"]
    take_in([Wanted("S2", replace(FACTS, fields=()), None)], department_keys())
    case = Case.objects.get(pk=case.pk)
    assert [one.name for one in journey_for(case).fields] == ["人数", "房屋坐落"]


def test_what_only_organisations_apply_for_is_not_begun_by_a_person() -> None:
    an_item(replace(FACTS, objects=("法人",)))
    with pytest.raises(refusals.OnlyOrganisations):
        actions.open_case(item_code="S2", by=who("applicant"))
    assert selectors.for_persons(list(selectors.items_open())) == {
        selectors.item("S1").pk,
    }


def test_a_person_goes_from_the_guide_through_the_questions_to_the_receipt(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    an_item()
    person = browser("applicant")
    assert "开始申请" in person.get("/items/S2/?房=有").content.decode()
    questions = person.post("/items/S2/apply/")["Location"]
    assert questions.endswith("/questions/")
    assert "您名下有房吗？" in person.get(questions).content.decode()
    form = person.post(questions, {"房": "有"})["Location"]
    page = person.get(form).content.decode()
    for words in ("材料DEED", "1 份要您交", 'name="房屋坐落"', "配偶姓名", "您名下有房吗？"):
        assert words in page
    sent = {"人数": "3", "房屋坐落": "样例路 1 号", "statement": "on"}
    papers = person.post(form, sent)["Location"]
    assert papers.endswith("/papers/")
    photo = SimpleUploadedFile("a.png", picture())
    person.post(papers, {"verb": "give", "material": "DEED", "photo": photo})
    assert "材料齐了" in person.get(papers).content.decode()
    check = papers.replace("papers", "check")
    assert "样例路 1 号" in person.get(check).content.decode()
    assert "正在审核" in person.get(person.post(check)["Location"]).content.decode()
    case = Case.objects.get()
    desk = browser("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
    assert "样例路 1 号" in desk


def test_answers_given_on_the_guide_are_not_asked_again() -> None:
    an_item()
    where = browser("applicant").post("/items/S2/apply/", {"房": "没有"})["Location"]
    assert where.endswith("/form/")


def test_the_window_asks_the_person_the_same_questions() -> None:
    an_item()
    sent = {"item": "S2", "id_number": NUMBERS["applicant"], "name": "样例applicant"}
    clerk = browser("clerk")
    where = clerk.post("/window/", sent)["Location"]
    assert "先问样例applicant几个问题" in clerk.get(where).content.decode()
