"""Bytes into text. An office program's habits (BOM, GBK, CRLF) are told, not guessed around."""

from pathlib import Path

from .faults import Fault

BOM = b"\xef\xbb\xbf"
LARGEST = 20 * 1024 * 1024


def read_text(file: Path, faults: list[Fault]) -> str | None:
    """None when the file cannot be read further; what is wrong with it is in `faults`."""
    try:
        raw = file.read_bytes() if file.stat().st_size <= LARGEST else None
    except FileNotFoundError:
        faults.append(Fault(file.name, 1, "缺少这个文件"))
        return None
    except OSError as error:
        faults.append(Fault(file.name, 1, f"打不开这个文件：{error.strerror}"))
        return None
    if raw is None:
        faults.append(Fault(file.name, 1, "文件超过 20 MB，不像是城市资料"))
        return None
    return _decoded(file.name, raw, faults)


def _decoded(name: str, raw: bytes, faults: list[Fault]) -> str | None:
    if raw.startswith(BOM):
        faults.append(Fault(name, 1, "文件开头有 BOM，请另存为不带 BOM 的 UTF-8"))
        raw = raw.removeprefix(BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(name, line, "不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8"))
        return None
    if not text.strip():
        faults.append(Fault(name, 1, "文件是空的"))
        return None
    if "\0" in text:
        faults.append(Fault(name, _line_of(text, "\0"), "有看不见的空字符，请删去"))
        return None
    if "\r" in text:
        faults.append(Fault(name, _line_of(text, "\r"), "换行是 CRLF，请改用 LF 换行保存"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _line_of(text: str, sign: str) -> int:
    return text.count("\n", 0, text.index(sign)) + 1
