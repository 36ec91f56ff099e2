"""What a file really is, by what is in it; and what of it is kept. The name is only compared.

Pure: bytes in, bytes out. Pictures are drawn anew, so that nothing travels with them (where and
with what they were taken, what was appended); documents stay as they are or are refused.
"""

from dataclasses import dataclass
from pathlib import PurePath

from . import packed, pdfs, pictures
from .infected import refuse_infected
from .refusals import PaperEmpty, PaperKindWrong, PaperMisnamed, PaperTooLarge

MOST_BYTES = 20 * 1024**2
MEGABYTES = MOST_BYTES // 1024**2
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "PDF": "application/pdf",
    "JPG": "image/jpeg",
    "PNG": "image/png",
    "OFD": "application/ofd",
    "DOCX": f"{OFFICE}.wordprocessingml.document",
    "XLSX": f"{OFFICE}.spreadsheetml.sheet",
}
ACCEPT = ".pdf,.ofd,.jpg,.jpeg,.png,.docx,.xlsx"  # what a browser offers to choose from
CALLED = {"JPG": {"jpg", "jpeg", "jpe", "jfif"}}
SIGNS = ((b"%PDF-", "PDF"), (b"\xff\xd8\xff", "JPG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
APPLE = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
LONGEST_STEM = 120


@dataclass(frozen=True)
class Inspected:
    name: str
    media: str
    content: bytes


def inspected(name: str, content: bytes) -> Inspected:
    """Raises a `PaperRefused` that says what to do."""
    if not content:
        raise PaperEmpty
    if len(content) > MOST_BYTES:
        raise PaperTooLarge(f"一个文件最大 {MEGABYTES} MB")
    refuse_infected(content)
    kind = _kind(content)
    _compare(name, kind)
    return Inspected(_plain(name, kind), MEDIA[kind], _safe(kind, content))


def _kind(content: bytes) -> str:
    for sign, kind in SIGNS:
        if content.startswith(sign):
            return kind
    if content.startswith(ZIP):
        return packed.kind_of(content)
    if content.startswith(OLD_OFFICE):
        raise PaperKindWrong("旧格式的 DOC、XLS 可能带宏，请另存为 PDF")
    if content[4:12] in APPLE:
        raise PaperKindWrong("这是苹果手机的 HEIC 照片，请在相机设置里选“兼容性最佳”，或截图再传")
    raise PaperKindWrong


def _compare(name: str, kind: str) -> None:
    """A file without an ending says nothing wrong."""
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending and ending not in CALLED.get(kind, {kind.lower()}):
        raise PaperMisnamed(f"名字以 .{ending[:10]} 结尾，内容是 {kind}")


def _safe(kind: str, content: bytes) -> bytes:
    if kind in {"JPG", "PNG"}:
        return pictures.redrawn(content)
    if kind == "PDF":
        pdfs.refuse_active(content)
    return content


def _plain(name: str, kind: str) -> str:
    """What can be shown and offered as a name: no folders, no signs that are not seen."""
    stem = PurePath(name.replace("\\", "/")).stem
    shown = "".join(sign for sign in stem if sign.isprintable()).strip()[:LONGEST_STEM]
    return f"{shown or '材料'}.{kind.lower()}"
