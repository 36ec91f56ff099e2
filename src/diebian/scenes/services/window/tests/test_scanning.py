"""扫描: pages become one file of the person's own line, and the receipt says what was seen."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from diebian.base.papers.public import Paper, PaperRefused
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.items.facts import Demand, FormField, ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.models import Case, PaperScanned
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.tests.people import NUMBERS, OWNER, under_review, who
from diebian.scenes.services.window import guests, papers, scanning
from diebian.scenes.services.window.receipts import receipt_of
from diebian.security.identity.public import department_keys
from tests.browsing import browser

FACTS = ItemFacts("样例登记", "行政确认", OWNER, promised_days=10, materials=(Demand("DEED"),),
                  fields=(FormField("地址"),))  # fmt: skip


@pytest.fixture(autouse=True)
def _item(settings: Settings, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    Material.objects.create(code="DEED", name="购房合同", kind=Kind.DOC, identity="DOC:DEED")
    take_in([Wanted("S2", FACTS, None)], department_keys())


def a_page(name: str = "1.jpg") -> tuple[str, bytes]:
    out = BytesIO()
    Image.new("RGB", (40, 60)).save(out, "JPEG")
    return name, out.getvalue()


def begun() -> Case:
    case = actions.open_at_window(
        item_code="S2", id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk")
    )
    sent = {"地址": "样例路", "statement": "on"}
    actions.fill_form(case_no=case.case_no, sent=sent, by=who("clerk"))
    return case


def scanned(case: Case, pages: int = 2, *, is_seen: bool = True) -> PaperScanned:
    files = [a_page(f"{number}.jpg") for number in range(pages)]
    return scanning.scan(case_no=case.case_no, material="DEED", files=files,
                         is_original_seen=is_seen, by=who("clerk"))  # fmt: skip


def test_several_pages_are_one_file_and_the_original_stands_on_the_receipt() -> None:
    case = begun()
    assert scanned(case).pages == 2
    actions.submit_case(case_no=case.case_no, by=who("clerk"))
    case.refresh_from_db()
    assert receipt_of(case).papers == ["购房合同 扫描 2 页，看过原件，已当场还给本人"]
    assert (Paper.objects.get().media, Paper.objects.get().agreed_at) == ("application/pdf", None)


def test_what_the_window_took_on_paper_can_be_scanned_later_and_nothing_else() -> None:
    case = begun()
    papers.take_paper(case_no=case.case_no, name="购房合同", copies=1, is_original=True,
                      by=who("clerk"))  # fmt: skip
    actions.submit_case(case_no=case.case_no, by=who("clerk"))
    assert scanned(case, 1, is_seen=False).pages == 1
    guests.seat(id_number=NUMBERS["applicant"], name="样例applicant", by=who("clerk"))
    with pytest.raises(WrongState):
        scanning.scan(case_no=under_review().case_no, material="DEED", files=[a_page()],
                      is_original_seen=False, by=who("clerk"))  # fmt: skip


def test_for_another_clerk_and_for_the_person_there_is_no_such_page() -> None:
    case = begun()
    for username in ("applicant", "reviewer"):
        with pytest.raises(NotFound):
            scanning.scan(case_no=case.case_no, material="DEED", files=[a_page()],
                          is_original_seen=False, by=who(username))  # fmt: skip
        assert browser(who(username)).get(f"/window/cases/{case.case_no}/scan/").status_code == 403
    with pytest.raises(NotFound):
        scanning.scan(case_no=case.case_no, material="OTHER", files=[a_page()],
                      is_original_seen=False, by=who("clerk"))  # fmt: skip


def test_a_page_that_is_refused_keeps_nothing_and_says_why_at_its_line() -> None:
    case = begun()
    with pytest.raises(PaperRefused):
        scanning.scan(case_no=case.case_no, material="DEED", files=[a_page(), ("2.jpg", b"?")],
                      is_original_seen=True, by=who("clerk"))  # fmt: skip
    clerk, at = browser(who("clerk")), f"/window/cases/{case.case_no}/scan/"
    answer = clerk.post(at, {"material": "DEED"})
    assert (answer.status_code, "papers.missing" in answer.content.decode()) == (422, True)
    pages = [SimpleUploadedFile(*a_page(f"{number}.jpg")) for number in range(2)]
    assert clerk.post(at, {"material": "DEED", "file": pages, "seen": "on"}).status_code == 302
    assert "2 页" in clerk.get(at).content.decode()
    assert PaperScanned.objects.count() == 1


def test_a_draft_that_is_dropped_takes_its_scans_with_it() -> None:
    case = begun()
    scanned(case)
    actions.discard_draft(case_no=case.case_no, by=who("clerk"))
    assert not PaperScanned.objects.exists()
    assert not Paper.objects.exists()
