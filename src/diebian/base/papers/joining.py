"""Pages from a scanner or a camera, put together: one document, in the order in which they came."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from .inspecting import MEDIA, inspected
from .refusals import PaperBroken, PaperKindWrong, PaperMissing, PaperTooLarge

MOST_PAGES = 60
PAGES = ".pdf,.jpg,.jpeg,.png"  # what a browser offers to choose from
DOTS_PER_INCH = 150
QUALITY = 90

File = tuple[str, bytes]


def joined(files: Sequence[File], title: str) -> File:
    """Each is looked at as if it came alone. One that is alone stays as it is.

    Raises a `PaperRefused`.
    """
    if not files:
        raise PaperMissing
    if len(files) == 1:
        return files[0]
    if len(files) > MOST_PAGES:
        raise PaperTooLarge(f"一次最多 {MOST_PAGES} 页，请分成两份")
    looked = [inspected(name, content) for name, content in files]
    if any(one.media not in {MEDIA["PDF"], MEDIA["JPG"], MEDIA["PNG"]} for one in looked):
        raise PaperKindWrong("合成一份的，每一页要是照片或 PDF")
    return f"{title}.pdf", _one_document([(one.media, one.content) for one in looked])


def pages_in(name: str, content: bytes) -> int:
    """Of a file as it was kept; a picture is one."""
    return len(_reader(content).pages) if name.lower().endswith(".pdf") else 1


def _one_document(pages: Sequence[tuple[str, bytes]]) -> bytes:
    from pypdf import PdfWriter  # slow to load: not for every process that knows this component

    writer = PdfWriter()
    try:
        for media, content in pages:
            writer.append(_reader(content if media == MEDIA["PDF"] else _page_of(content)))
        out = BytesIO()
        writer.write(out)
    except Exception as error:  # of a reader that was handed anything at all, by anybody
        raise PaperBroken from error
    finally:
        writer.close()
    return out.getvalue()


def _reader(content: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(BytesIO(content), strict=False)


def _page_of(picture: bytes) -> bytes:
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(picture), formats=("JPEG", "PNG")) as opened:
        plain = opened if opened.mode in {"L", "RGB"} else opened.convert("RGB")
        plain.save(out, "PDF", resolution=DOTS_PER_INCH, quality=QUALITY)
    return out.getvalue()
