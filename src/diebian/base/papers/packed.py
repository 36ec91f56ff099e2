"""Documents that are packed (DOCX, XLSX, OFD): looked through to the end, as it really unpacks.

What the directory of a file claims of its sizes is not believed.
"""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from .infected import SIGNATURE, refuse_infected
from .refusals import PaperBroken, PaperDangerous, PaperKindWrong, PaperLocked, PaperPacked

MOST_ENTRIES, MOST_BYTES, MOST_TIMES = 2000, 150 * 1024**2, 200
SMALL_BYTES = 1024**2  # whatever it was before, so much is no bomb
CHUNK = 256 * 1024
ENCRYPTED = 0x1
INNER = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"MZ")
MACROS = ("vbaproject.bin", "vbadata.xml", "activex")
TYPES = "[Content_Types].xml"
KINDS = (("word/document.xml", "DOCX"), ("xl/workbook.xml", "XLSX"), ("OFD.xml", "OFD"))
MACRO_WORDS = (b"macroEnabled", b"vbaProject")
AWAY = (b'TargetMode="External"', b"attachedTemplate")  # a template that is fetched from elsewhere


def kind_of(content: bytes) -> str:
    """DOCX, XLSX or OFD; refuses any other archive, and what has more in it than a document."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _look_through(archive, len(content))
            names = set(archive.namelist())
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as error:
        raise PaperBroken from error
    for name, kind in KINDS:
        if name in names and (kind == "OFD" or TYPES in names):
            return kind
    raise PaperKindWrong("压缩包不收，请把里面的文件一个一个传")


def _look_through(archive: ZipFile, packed: int) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise PaperPacked(f"里面有 {len(entries)} 个文件")
    most = min(MOST_BYTES, max(SMALL_BYTES, packed * MOST_TIMES))
    for one in entries:
        _refuse_by_name(one)
        most -= _read(archive, one, most)


def _refuse_by_name(one: ZipInfo) -> None:
    if one.flag_bits & ENCRYPTED:
        raise PaperLocked
    plain = one.filename.lower()
    if any(word in plain for word in MACROS):
        raise PaperDangerous("文件带宏")


def _read(archive: ZipFile, one: ZipInfo, most: int) -> int:
    """How many bytes came; stops as soon as it is too much."""
    came, tail = 0, b""
    with archive.open(one) as part:
        while chunk := part.read(CHUNK):
            if came == 0 and chunk.startswith(INNER):
                raise PaperPacked("套着另一个压缩包或程序")
            came += len(chunk)
            if came > most:
                raise PaperPacked
            refuse_infected(tail + chunk)
            _refuse_words(one.filename, tail + chunk)
            tail = chunk[-len(SIGNATURE) :]
    return came


def _refuse_words(name: str, text: bytes) -> None:
    if name == TYPES and any(word in text for word in MACRO_WORDS):
        raise PaperDangerous("文件带宏")
    if name.endswith(".rels") and all(word in text for word in AWAY):
        raise PaperDangerous("文件要从别处取模板")
