"""Pages of a scanner become one document, looked at as if each came alone."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from diebian.base.papers.joining import MOST_PAGES, joined, pages_in
from diebian.base.papers.refusals import (
    PaperEmpty,
    PaperKindWrong,
    PaperMissing,
    PaperTooLarge,
)


def a_picture(form: str = "JPEG", mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (40, 60), "white").save(out, form)
    return out.getvalue()


def a_pdf(pages: int = 2) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def test_pictures_and_pdfs_become_one_document_in_their_order() -> None:
    files = [("1.jpg", a_picture()), ("2.pdf", a_pdf()), ("3.png", a_picture("PNG", "RGBA"))]
    name, content = joined(files, "样例材料")
    assert (name, pages_in(name, content)) == ("样例材料.pdf", 4)
    assert PdfReader(BytesIO(content)).pages[1].mediabox.width == 100


def test_one_page_alone_stays_as_it_is() -> None:
    assert joined([("1.jpg", b"x")], "样例") == ("1.jpg", b"x")
    assert pages_in("1.jpg", a_picture()) == 1


def test_a_page_that_is_refused_refuses_the_whole() -> None:
    good = ("1.jpg", a_picture())
    with pytest.raises(PaperEmpty):
        joined([good, ("2.jpg", b"")], "样例")
    with pytest.raises(PaperKindWrong):
        joined([good, ("2.txt", b"text")], "样例")
    with pytest.raises(PaperMissing):
        joined([], "样例")
    with pytest.raises(PaperTooLarge):
        joined([good] * (MOST_PAGES + 1), "样例")
