"""What only the person has is handed in as a file, on paper, again, or promised for later."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from diebian.base.directory.public import working_calendar
from diebian.base.licences.public import licence_of_case
from diebian.base.papers.public import NotAgreed, Paper
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.handing.reminding import remind_of_promises
from diebian.scenes.services.items.facts import Demand, FormField, ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.models import Case, HandedIn, State
from diebian.security.identity.public import PLATFORM, Refused, department_keys
from diebian.security.tracker.public import reads_of

from .people import NUMBERS, OWNER, who
from .test_pages import browser

FACTS = ItemFacts(
    "样例登记", "行政确认", OWNER,
    promised_days=3,
    materials=(Demand("DEED"), Demand("LEASE", later=5)),
    fields=(FormField("人数", kind="count"),),
)  # fmt: skip
SENT = {"人数": "2", "statement": "on"}


@pytest.fixture(autouse=True)
def _item(settings: Settings, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    for code, name in (("DEED", "购房合同"), ("LEASE", "租约")):
        Material.objects.create(code=code, name=name, kind=Kind.DOC, identity=f"DOC:{code}")
    take_in([Wanted("S2", FACTS, None), Wanted("S3", FACTS, None)], department_keys())


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def begun(item: str = "S2") -> Case:
    case = actions.open_case(item_code=item, by=who("applicant"))
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who("applicant"))
    return case


def handed(case: Case, material: str = "DEED", **told: object) -> Case:
    facts = {"name": "a.png", "content": picture(), "by": who("applicant"), **told}
    actions.hand_in(case_no=case.case_no, material=material, **facts)  # type: ignore[arg-type]
    return case


def submitted(case: Case) -> Case:
    actions.submit_case(case_no=case.case_no, by=who("applicant"))
    case.refresh_from_db()
    return case


def promised(case: Case, days: int = 3) -> Case:
    until = clock.today() + timedelta(days=days)
    actions.promise(case_no=case.case_no, material="LEASE", until=until, by=who("applicant"))
    return case


def test_nothing_is_handed_in_while_a_paper_is_missing() -> None:
    case = handed(begun())
    with pytest.raises(refusals.PapersMissing, match="租约"):
        submitted(case)
    assert submitted(handed(case, "LEASE")).state == State.UNDER_REVIEW


def test_the_reviewer_opens_a_paper_and_the_person_sees_who_did() -> None:
    case = submitted(handed(handed(begun()), "LEASE"))
    desk = browser("reviewer")
    page = desk.get(f"/desk/cases/{case.case_no}/").content.decode()
    row = HandedIn.objects.select_related("paper").get(case=case, material="DEED")
    address = f"/cases/{case.case_no}/papers/{row.paper.public_id}/"
    assert address in page
    assert desk.get(address)["Content-Type"] == "image/png"
    assert "材料“购房合同”" in [
        line.resource for line in reads_of(person_key=who("applicant").key).lines
    ]
    for username in ("stranger", "outsider", "clerk"):
        assert browser(username).get(address).status_code == 404


def test_a_person_uploads_on_the_page_and_a_refused_file_says_why_where_it_was_chosen() -> None:
    case, person = begun(), browser("applicant")
    address = f"/cases/{case.case_no}/papers/"
    page = person.get(address).content.decode()
    for words in ("还有 2 份材料要您交", "购房合同", 'capture="environment"', "先办，到时补交"):
        assert words in page
    for name, content, told in (
        ("a.pdf", b"MZ", "这种文件不收"),
        ("a.jpg", b"", "是空的"),
        ("b.pdf", picture(), "对不上"),
    ):
        sent = {"verb": "give", "material": "DEED", "file": SimpleUploadedFile(name, content)}
        answer = person.post(address, sent)
        assert (answer.status_code, told in answer.content.decode()) == (422, True), name
    sent = {"verb": "give", "material": "DEED", "photo": SimpleUploadedFile("a.png", picture())}
    assert person.post(address, sent).status_code == 302
    page = person.get(address).content.decode()
    assert "已交 1 个文件" in page
    assert "还差：租约" in page
    assert person.post(f"/cases/{case.case_no}/check/")["Location"] == address


def test_a_form_of_two_hundred_megabytes_is_refused_before_it_is_read() -> None:
    case, person = begun(), browser("applicant")
    answer = person.generic(
        "POST", f"/cases/{case.case_no}/papers/", b"x",
        content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 * 1024**2),
    )  # fmt: skip
    assert answer.status_code == 413
    assert "请分几次传" in answer.content.decode()


def test_what_was_given_once_is_offered_again_with_one_tick_where_it_was_agreed() -> None:
    handed(begun(), is_agreed=True)
    handed(Case.objects.get(), "LEASE")
    other, person = begun("S3"), browser("applicant")
    address = f"/cases/{other.case_no}/papers/"
    page = person.get(address).content.decode()
    assert page.count("您以前交过") == 1
    paper = Paper.objects.get(kind="DEED")
    sent = {"verb": "again", "material": "DEED", "paper": str(paper.public_id)}
    assert person.post(address, sent).status_code == 302
    assert "样例登记" in person.get("/me/papers/").content.decode()
    assert paper.uses.count() == 2
    alone = Paper.objects.get(kind="LEASE")
    with pytest.raises(NotAgreed):
        actions.hand_in_again(
            case_no=other.case_no, material="LEASE", paper_id=alone.public_id, by=who("applicant")
        )


def test_a_clerk_takes_the_paper_itself_but_agrees_to_nothing_for_the_person() -> None:
    case = actions.open_at_window(
        item_code="S2", id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk")
    )
    actions.fill_form(case_no=case.case_no, sent=SENT, by=who("clerk"))
    sent, address = {"verb": "on-paper", "name": "购房合同"}, f"/cases/{case.case_no}/papers/"
    assert browser("applicant").post(address, sent).status_code == 404
    clerk = browser("clerk")
    assert "已收下纸件" in clerk.get(address).content.decode()
    assert clerk.post(address, sent).status_code == 302
    assert "窗口收了纸件" in clerk.get(address).content.decode()
    handed(case, "LEASE", by=who("clerk"), is_agreed=True)
    assert Paper.objects.get().agreed_at is None
    actions.submit_case(case_no=case.case_no, by=who("clerk"))


def test_another_person_hands_nothing_in_and_nothing_that_is_not_wanted_is_taken() -> None:
    case = begun()
    with pytest.raises(NotFound):
        handed(case, by=who("stranger"))
    with pytest.raises(NotFound):
        handed(case, "CARD")


def test_after_submission_only_what_was_promised_or_asked_for_is_taken() -> None:
    case = submitted(promised(handed(begun())))
    with pytest.raises(refusals.WrongState):
        handed(case)
    handed(case, "LEASE")
    assert "promise_kept" in case.events.values_list("kind", flat=True)


def test_a_promised_paper_lets_the_case_begin_and_not_end() -> None:
    case = submitted(promised(handed(begun())))
    assert case.state == State.UNDER_REVIEW
    with pytest.raises(refusals.PromiseOutstanding, match="租约"):
        actions.approve(case_no=case.case_no, by=who("reviewer"))
    handed(case, "LEASE")
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    assert licence_of_case(case.case_no) is not None


def test_a_promise_is_bounded_by_what_the_department_says() -> None:
    case = begun()
    last = working_calendar().add(clock.today(), 5)
    for until in (None, last + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(refusals.PromiseDayWrong):
            actions.promise(
                case_no=case.case_no, material="LEASE", until=until, by=who("applicant")
            )
    with pytest.raises(refusals.MayNotFollow):
        actions.promise(case_no=case.case_no, material="DEED", until=last, by=who("applicant"))


def test_a_promise_that_is_not_kept_is_told_step_by_step_and_is_a_reason_to_refuse() -> None:
    case = submitted(promised(handed(begun())))
    until = case.promises.get().until
    notices = apps.get_model("messages", "Notice")._default_manager
    notices.all().delete()
    with clock.held_at(clock.midnight(until)):
        assert [remind_of_promises(by=PLATFORM) for _ in range(2)] == [1, 0]
    with clock.held_at(clock.midnight(until + timedelta(days=1))):
        assert remind_of_promises(by=PLATFORM) == 1
        assert set(notices.values_list("key", flat=True)) == {
            who("applicant").key, "reviewer", "head",
        }  # fmt: skip
        page = browser("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
        assert "到期，没有补交" in page
        actions.refuse(case_no=case.case_no, reason="租约没有补交", by=who("reviewer"))
    with pytest.raises(Refused):
        remind_of_promises(by=who("reviewer"))


def test_a_draft_that_is_dropped_takes_its_files_with_it() -> None:
    case = promised(handed(begun()))
    actions.discard_draft(case_no=case.case_no, by=who("applicant"))
    assert (Paper.objects.count(), case.handed.count(), case.promises.count()) == (0, 0, 0)


def test_a_file_chosen_by_mistake_is_taken_out() -> None:
    case = handed(begun())
    row = case.handed.get()
    with pytest.raises(NotFound):
        actions.take_out(case_no=case.case_no, handed=row.pk, by=who("stranger"))
    actions.take_out(case_no=case.case_no, handed=row.pk, by=who("applicant"))
    assert Paper.objects.count() == 0


def test_what_a_supplement_asks_for_is_handed_in_as_a_file() -> None:
    Material.objects.create(code="MAP", name="平面图", kind=Kind.DOC, identity="DOC:MAP")
    case = submitted(handed(handed(begun()), "LEASE"))
    actions.ask_supplement(case_no=case.case_no, wanted="", materials=["MAP"], by=who("reviewer"))
    handed(case, "MAP")
    page = browser("applicant").get(f"/cases/{case.case_no}/").content.decode()
    assert "平面图" in page
    assert f"/cases/{case.case_no}/papers/" in page
    actions.supply_supplement(case_no=case.case_no, answer="", by=who("applicant"))
    case.refresh_from_db()
    assert (case.state, case.supplement.answer) == (State.UNDER_REVIEW, "材料已上传")


def test_a_draft_whose_item_has_changed_is_told_what_and_keeps_what_fits() -> None:
    case = promised(handed(begun()))
    more = (*FACTS.fields, FormField("用途"))
    paid = replace(FACTS, fields=more, materials=(Demand("DEED"),), fee="10 元")
    take_in([Wanted("S2", paid, None)], department_keys())
    person = browser("applicant")
    assert person.post(f"/cases/{case.case_no}/check/")["Location"].endswith("/renew/")
    for place in ("form", "papers", "check"):
        assert person.get(f"/cases/{case.case_no}/{place}/")["Location"].endswith("/renew/")
    page = person.get(f"/cases/{case.case_no}/renew/").content.decode()
    assert "用途" in page
    assert "10 元" in page
    form = person.post(f"/cases/{case.case_no}/renew/")["Location"]
    assert 'value="2"' in person.get(form).content.decode()
    with pytest.raises(refusals.FormUnfinished):
        submitted(Case.objects.get(pk=case.pk))
    actions.fill_form(case_no=case.case_no, sent={**SENT, "用途": "自住"}, by=who("applicant"))
    case = submitted(Case.objects.get(pk=case.pk))
    assert (case.state, case.promises.count(), case.handed.count()) == (State.UNDER_REVIEW, 0, 1)


def test_a_half_filled_form_is_kept_and_listed_with_its_end() -> None:
    case = actions.open_case(item_code="S2", by=who("applicant"))
    person = browser("applicant")
    sent = {"人数": "两三个", "keep": "1"}
    assert person.post(f"/cases/{case.case_no}/form/", sent)["Location"] == "/me/cases/"
    assert "点开接着填" in person.get("/me/cases/").content.decode()
    assert 'value="两三个"' in person.get(f"/cases/{case.case_no}/form/").content.decode()
    with pytest.raises(refusals.FormUnfinished):
        submitted(case)
