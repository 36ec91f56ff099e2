"""A file is what is in it: taken and made harmless, or refused with a sentence."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, Fit, NameObject, TextStringObject

from diebian.base.papers import refusals
from diebian.base.papers.infected import SIGNATURE
from diebian.base.papers.inspecting import MEDIA, MOST_BYTES, inspected

GPS = 0x8825
AWAY = b'<Relationship Type="attachedTemplate" TargetMode="External"/>'
TYPES = "[Content_Types].xml"


def picture(form: str = "JPEG", size: tuple[int, int] = (8, 4), exif: bytes = b"") -> bytes:
    out = BytesIO()
    told = {"exif": exif} if exif else {}
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **told)
    return out.getvalue()


def pdf(script: str = "", password: str = "") -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    if script:
        acts = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(script)}
        told = DictionaryObject({NameObject(name): what for name, what in acts.items()})
        writer.root_object[NameObject("/OpenAction")] = told
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def packed(*names: str, **contents: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"<xml/>")
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(**contents: bytes) -> bytes:
    return packed(TYPES, "word/document.xml", **contents)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(), "PDF"),
        ("照片.JPEG", picture(), "JPG"),
        ("a.png", picture("PNG"), "PNG"),
        ("没有结尾", picture(), "JPG"),
        ("a.docx", word(), "DOCX"),
        ("a.xlsx", packed(TYPES, "xl/workbook.xml"), "XLSX"),
        ("a.ofd", packed("OFD.xml"), "OFD"),
    ],
)
def test_what_is_taken_is_known_by_its_content(name: str, content: bytes, kind: str) -> None:
    assert inspected(name, content).media == MEDIA[kind]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.pdf", b"", refusals.PaperEmpty),
        ("a.jpg", b"\xff\xd8\xff" + bytes(MOST_BYTES), refusals.PaperTooLarge),
        ("a.pdf", picture(), refusals.PaperMisnamed),
        ("a.txt", b"hello", refusals.PaperKindWrong),
        ("a.exe", b"MZ" + bytes(100), refusals.PaperKindWrong),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), refusals.PaperKindWrong),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(100), refusals.PaperKindWrong),
        ("a.zip", packed("a.txt"), refusals.PaperKindWrong),
        ("a.txt", SIGNATURE, refusals.PaperInfected),
        ("a.docx", word(x=b"." * 100 + SIGNATURE), refusals.PaperInfected),
        ("a.docx", packed(TYPES, "word/document.xml", "word/vbaProject.bin"),
         refusals.PaperDangerous),
        ("a.docx", packed("word/document.xml", **{TYPES: b"macroEnabled.main+xml"}),
         refusals.PaperDangerous),
        ("a.docx", word(**{"word/_rels/settings.xml.rels": AWAY}), refusals.PaperDangerous),
        ("a.docx", word(deep=packed("a")), refusals.PaperPacked),
        ("a.docx", word(bomb=bytes(3 * 1024**2)), refusals.PaperPacked),
        ("a.docx", packed(*(f"{number}" for number in range(2001))), refusals.PaperPacked),
        ("a.docx", word()[:-30], refusals.PaperBroken),
        ("a.pdf", pdf(script="app.alert(1)"), refusals.PaperDangerous),
        ("a.pdf", pdf(password="x"), refusals.PaperLocked),
        ("a.pdf", b"%PDF-1.7 and nothing else", refusals.PaperBroken),
        ("a.jpg", picture()[:200], refusals.PaperBroken),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(
    name: str, content: bytes, refusal: type[refusals.PaperRefused]
) -> None:
    with pytest.raises(refusal):
        inspected(name, content)


def test_a_picture_keeps_nothing_of_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS)[1] = "N"
    taken = picture(size=(8, 4), exif=exif.tobytes())
    assert Image.open(BytesIO(taken)).getexif().get(0x0112) == 6
    with Image.open(BytesIO(inspected("a.jpg", taken + b"<?php behind the end").content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((4, 8), {})
        assert b"php" not in kept.fp.read() if kept.fp else True


def test_a_picture_with_more_points_than_any_camera_is_refused_unread() -> None:
    huge = picture("PNG", size=(1, 1)).replace(b"IHDR\0\0\0\x01\0\0\0\x01", b"IHDR\0\1\0\0\0\1\0\0")
    with pytest.raises((refusals.PaperTooLarge, refusals.PaperBroken)):
        inspected("a.png", huge)


def test_links_of_a_pdf_are_no_scripts() -> None:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), target_page_index=0, fit=Fit.fit()))
    writer.write(out)
    assert len(PdfReader(BytesIO(inspected("a.pdf", out.getvalue()).content)).pages) == 1


def test_a_name_is_shown_without_folders_and_unseen_signs() -> None:
    assert inspected("C:\\家里\\..\\照\u202e片.jpg", picture()).name == "照片.jpg"
    assert inspected("../../etc/passwd", picture()).name == "passwd.jpg"


@given(
    st.sampled_from([b"", b"%PDF-1.4\n", b"\xff\xd8\xff", b"PK\x03\x04"]), st.binary(max_size=300)
)
def test_whatever_comes_is_taken_or_refused(head: bytes, rest: bytes) -> None:
    try:
        inspected("x", head + rest)
    except refusals.PaperRefused:
        return
