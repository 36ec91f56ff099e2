"""The paper that she signed stands by the mandate, for those whom it concerns."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from diebian.base.mandates import at_window, scanning
from diebian.base.mandates.models import Mandate, Signed
from diebian.base.mandates.public import Scope
from diebian.base.mandates.refusals import NotOnPaper
from diebian.security.identity.public import PLATFORM, Refused, register_official
from tests.browsing import browser

from .people import NUMBERS, a_body, who


@pytest.fixture(autouse=True)
def _a_clerk(settings: Settings, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    register_official(username="clerk", password="样例口令一二三", name="样例窗口",
                      department=a_body(), posts=["window_clerk"], by=PLATFORM)  # fmt: skip


def recorded() -> Mandate:
    return at_window.record(
        giver_id_number=NUMBERS["mother"], giver_name="样例mother",
        holder_id_number=NUMBERS["daughter"], holder_name="样例daughter",
        scope=Scope(matters=["M1"]), by=who("clerk"),
    )  # fmt: skip


def signed() -> Mandate:
    told = {"way": "paper", "paper": "3 号柜"}
    made = recorded()
    return at_window.agree_in_presence(mandate_id=made.public_id, **told, by=who("clerk"))


def a_page(name: str = "1.png") -> tuple[str, bytes]:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return name, out.getvalue()


def test_the_clerk_scans_it_and_giver_and_holder_open_it() -> None:
    held = signed()
    pages = [SimpleUploadedFile(*a_page(f"{number}.png")) for number in range(2)]
    clerk = browser(who("clerk"))
    assert clerk.post(f"/mandates/window/{held.public_id}/scan", {"file": pages}).status_code == 302
    at = f"/me/mandates/{held.public_id}/signed/{Signed.objects.get().paper.public_id}/"
    for username in ("mother", "daughter", "clerk"):
        found = browser(who(username)).get(at)
        assert (found.status_code, found["Content-Type"]) == (200, "application/pdf")
    assert browser(who("neighbour")).get(at).status_code == 404
    page = browser(who("mother")).get(f"/me/mandates/{held.public_id}/").content.decode()
    assert "签名的授权书.pdf" in page


def test_only_a_clerk_scans_and_only_what_was_agreed_to_on_paper() -> None:
    waits = recorded()
    with pytest.raises(NotOnPaper):
        scanning.scan_signed(mandate_id=waits.public_id, files=[a_page()], by=who("clerk"))
    held = signed()
    with pytest.raises(Refused):
        scanning.scan_signed(mandate_id=held.public_id, files=[a_page()], by=who("mother"))
    answer = browser(who("clerk")).post(f"/mandates/window/{held.public_id}/scan")
    assert (answer.status_code, "papers.missing" in answer.content.decode()) == (422, True)
