"""A decision is issued once, and whoever is handed it can tell the genuine from the altered."""

import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from diebian.base.licences.actions import issue
from diebian.base.licences.code import code_text, read_code
from diebian.base.licences.models import Licence
from diebian.base.licences.picture import document, drawn
from diebian.base.licences.sheets import sheet_of
from diebian.base.licences.verification import LicenceWrong, main, trusted_keys, verify
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, register_department
from diebian.security.keys.public import Signer

pytestmark = pytest.mark.django_db
ISSUER = "91110000600037341L"
REVIEWER = Actor(name="审核", department=ISSUER, posts=(Post.REVIEWER,), key="reviewer")


@pytest.fixture(autouse=True)
def _installation(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DIEBIAN_DATA = tmp_path
    monkeypatch.setenv("DIEBIAN_DATA", str(tmp_path))
    register_department(credit_code=ISSUER, name="样例部门", by=PLATFORM)


def a_licence(by: Actor = REVIEWER) -> Licence:
    return issue(
        title="样例决定",
        type_code=f"{ISSUER}001",
        holder_key="k",
        holder_name="王样例",
        body={"准予金额（元）": "500.00"},
        case_no="2026112500000001",
        by=by,
    )


def test_asked_twice_it_is_one_licence() -> None:
    assert a_licence().pk == a_licence().pk


def test_who_is_no_reviewer_issues_nothing() -> None:
    with pytest.raises(Refused):
        a_licence(Actor(name="别人", department=ISSUER))


def test_the_file_tells_the_body_and_masks_the_holder() -> None:
    verdict = verify(sheet_of(a_licence()).file, trusted_keys())
    assert verdict.holder == "王**"
    assert verdict.body == {"准予金额（元）": "500.00"}


@pytest.mark.parametrize("part", ["header", "body", "signature", "public_key"])
def test_one_altered_character_anywhere_is_found(part: str) -> None:
    told = json.loads(sheet_of(a_licence()).file)
    text, place = told[part], len(told[part]) // 2
    told[part] = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
    with pytest.raises(LicenceWrong):
        verify(json.dumps(told).encode(), trusted_keys())


def test_a_licence_of_an_unknown_issuer_is_refused() -> None:
    with pytest.raises(LicenceWrong, match="信任"):
        verify(sheet_of(a_licence()).file, [Signer.generate().verifier])


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff\xfe", b"%PDF-1.7 nothing", b"null"])
def test_what_is_no_licence_gets_a_sentence(
    raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_licence()
    file = tmp_path / "sent"
    file.write_bytes(raw)
    assert main([str(file)]) == 1
    assert "没有通过验证" in capsys.readouterr().out


def test_a_changed_file_gets_one_sentence_and_no_lines_of_a_library(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "licence.json"
    file.write_bytes(sheet_of(a_licence()).file.replace(b"500.00", b"900.00"))
    assert main([str(file)]) == 1
    told = capfd.readouterr()
    assert (len(told.out.splitlines()), told.err) == (1, "")


def test_a_file_that_is_not_there_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere/licence.json"]) == 1
    assert "读不到文件" in capsys.readouterr().out


def test_the_pdf_itself_is_verified_by_the_data_inside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "decision.pdf"
    file.write_bytes(document(sheet_of(a_licence())))
    assert main([str(file)]) == 0
    assert "500.00" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")
def test_openssl_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "licence.json"
    file.write_bytes(sheet_of(a_licence()).file)
    assert main([str(file), "--export", str(tmp_path)]) == 0
    words = (
        "openssl dgst -sm3 -verify key.pem -sigopt distid:1234567812345678 "
        "-signature signature.der message.bin"
    )
    done = subprocess.run(  # noqa: S603
        words.split(), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "Verified OK", done.stderr


def test_the_code_on_the_picture_can_be_read_and_checked_offline() -> None:
    picture = Image.open(BytesIO(drawn(sheet_of(a_licence()), form="png")))
    [code] = zxingcpp.read_barcodes(picture)
    told = read_code(code.text, trusted_keys())
    assert told["id"] == a_licence().identifier


@pytest.mark.parametrize("text", ["", "DBL1.", "DBL1.!!!", "DBL1.AAAA", "http://example.org"])
def test_a_code_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(LicenceWrong):
        read_code(text, trusted_keys())


def test_a_forged_code_is_refused() -> None:
    licence = a_licence()
    forged = code_text(header=licence.header.replace("样例", "真的"), signature=licence.signature)
    with pytest.raises(LicenceWrong):
        read_code(forged, trusted_keys())


def test_anybody_may_check_a_pdf_or_a_code_on_the_page() -> None:
    licence = a_licence()
    pdf = SimpleUploadedFile("d.pdf", document(sheet_of(licence)), "application/pdf")
    page = Client().post("/licences/check/", {"file": pdf}).content.decode()
    assert "签名是真的" in page
    assert "500.00" in page
    text = code_text(header=licence.header, signature=licence.signature)
    page = Client().post("/licences/check/", {"code": text}).content.decode()
    assert "样例决定：有效" in page
    assert "500.00" not in page


@pytest.mark.parametrize("sent", [{}, {"code": "DBL1.AAAA"}, {"code": "x" * 5000}])
def test_the_page_says_what_is_wrong(sent: dict[str, str]) -> None:
    answer = Client().post("/licences/check/", sent)
    assert answer.status_code == 422
    assert "签名是真的" not in answer.content.decode()


def test_a_decision_does_not_exist_for_strangers() -> None:
    assert Client().get(f"/licences/{a_licence().public_id}.json").status_code == 401
