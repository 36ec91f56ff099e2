"""Checking a licence file without network, database or settings. Nothing is believed before the
signature, and the key itself is believed only when it is one that the issuer published."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from diebian.kernel.errors import DiebianError
from diebian.kernel.json_text import parsed
from diebian.kernel.words import Words
from diebian.security.keys.public import Verifier, quiet_library, sm3, to_der
from diebian.standards.identifiers import is_licence_identifier

ATTACHED = "licence.json"
DOMAIN = b"diebian-licence-v1\0"  # a licence's signature is no other signature


class LicenceWrong(DiebianError):
    code, status, title = "licences.wrong", 422, "证照文件没有通过验证"


@dataclass(frozen=True)
class Verdict:
    identifier: str
    title: str
    holder: str
    issued: str
    body: dict[str, Any]


def canonical(told: dict[str, Any]) -> bytes:
    """One way to write the same data (RFC 8785 for what occurs here: no floats)."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def verify(raw: bytes, trusted: Iterable[Verifier]) -> Verdict:
    try:
        told = parsed(raw)
        if set(told) != {"header", "body", "signature", "public_key"}:
            raise LicenceWrong("文件里有多余或缺少的内容")
        header, body = told["header"].encode(), told["body"].encode()
        signature = bytes.fromhex(told["signature"])
        named = Verifier.from_pem(told["public_key"])
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise LicenceWrong("读不出证照数据，文件可能不完整") from error
    if named not in set(trusted):
        raise LicenceWrong("签名的公钥不在信任的签发机构名单里")
    if not named.verify(DOMAIN + header, signature):
        raise LicenceWrong("签名不对，内容被改动过")
    head = json.loads(header)
    if sm3(body).hex() != head["digest"]:
        raise LicenceWrong("正文与签名时的摘要不一致，内容被改动过")
    if not is_licence_identifier(head["id"]):
        raise LicenceWrong("证照标识的校验位不对")
    if told["public_key"] != named.pem or told["signature"] != signature.hex():
        raise LicenceWrong("文件的写法与签发时不同")
    return Verdict(head["id"], head["title"], head["holder"], head["issued"], json.loads(body))


def main(words: list[str]) -> int:
    """`diebian verify FILE [--key PEM …]`: 0 and a sentence, or 1 and a sentence."""
    parser = Words("verify", "离线检查一份证照文件")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, action="append", default=[])
    parser.add_argument("--export", type=Path, help="放入 openssl 核对用的三个文件")
    asked = parser.parse_args(words)
    try:
        trusted = trusted_keys(asked.key)
        raw = signed_data(asked.file.read_bytes())
        with quiet_library():
            verdict = verify(raw, trusted)
        if asked.export:
            export(raw, asked.export)
    except OSError as error:
        print(f"读不到文件：{error.filename}")  # noqa: T201
        return 1
    except DiebianError as error:
        print(error.sentence)  # noqa: T201
        return 1
    print(  # noqa: T201
        f"验证通过：{verdict.title}，持有人 {verdict.holder}，{verdict.issued} 签发，"
        f"标识 {verdict.identifier}"
    )
    for name, value in verdict.body.items():
        print(f"  {name}：{value}")  # noqa: T201
    return 0


def signed_data(raw: bytes) -> bytes:
    """The file itself, or the data that travels inside its PDF. What the PDF shows proves nothing:
    the words that count are those of the data."""
    from pypdf import PdfReader  # slow to load: not for every process that knows licences
    from pypdf.errors import PyPdfError

    if not raw.startswith(b"%PDF"):
        return raw
    try:
        [found] = PdfReader(BytesIO(raw)).attachments[ATTACHED]
    except (PyPdfError, KeyError, ValueError) as error:
        raise LicenceWrong("这个 PDF 里没有证照数据，请要 PDF 原件，不要打印后的扫描件") from error
    return found


def export(raw: bytes, folder: Path) -> None:
    """What `openssl dgst -sm3 -verify key.pem -signature signature.der
    -sigopt distid:1234567812345678 message.bin` needs to say the same."""
    told = json.loads(raw)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "message.bin").write_bytes(DOMAIN + told["header"].encode())
    (folder / "signature.der").write_bytes(to_der(bytes.fromhex(told["signature"])))
    (folder / "key.pem").write_text(told["public_key"])


def trusted_keys(files: Iterable[Path] = ()) -> list[Verifier]:
    """Those named, or those that this installation's issuers published."""
    data = Path(os.environ.get("DIEBIAN_DATA") or ".data")
    found = list(files) or sorted((data / "published-keys").glob("*.pem"))
    try:
        return [Verifier.from_pem(file.read_text()) for file in found]
    except (ValueError, TypeError) as error:
        raise LicenceWrong("公钥文件读不出来，应是 PEM 格式的 SM2 公钥") from error
