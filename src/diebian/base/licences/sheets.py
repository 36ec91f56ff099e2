"""What is drawn as a PDF: a licence that was issued here, or a copy of a collected one."""

from dataclasses import dataclass
from datetime import datetime

from .models import Copy, Licence
from .signing import Signed, as_file

COPIES = "licence-copies"  # the platform's own key: a copy is its word, not the issuer's
ISSUED_SAYS = (
    "本决定以电子签名（SM2）作成，与纸质同样有效。核对真假：把这个 PDF 文件或右边二维码的内容"
    "放到“核对证照”页面，或在不联网的电脑上执行 diebian verify。以核对后显示的内容为准。"
)
COPY_SAYS = (
    "本加注件照颁发机构当时的数据作成，由平台签名（SM2），只限上面写的用途用一次，不能当原证用。"
    "核对真假和现在的状态：把这个 PDF 文件放到“核对证照”页面；"
    "只核对真假，可在不联网的电脑上执行 diebian verify。"
)


@dataclass(frozen=True)
class Sheet:
    """`stamp`: over the whole page, where it is for one use."""

    title: str
    identifier: str
    issuer: str
    at: datetime
    said: Signed
    says: str
    key: str
    stamp: str = ""

    @property
    def file(self) -> bytes:
        return as_file(self.said, key=self.key)


def decisions_key(department: str) -> str:
    return f"decisions-{department}"


def sheet_of(licence: Licence) -> Sheet:
    return Sheet(
        title=licence.title,
        identifier=licence.identifier,
        issuer=licence.issuer.name,
        at=licence.issued_at,
        said=Signed(licence.header, licence.body, licence.signature),
        says=ISSUED_SAYS,
        key=decisions_key(licence.issuer.credit_code),
    )


def sheet_of_copy(copy: Copy) -> Sheet:
    return Sheet(
        title=f"{copy.held.type.name}（加注件）",
        identifier=copy.held.identifier,
        issuer=copy.held.type.issuer.name,
        at=copy.made_at,
        said=Signed(copy.header, copy.body, copy.signature),
        says=COPY_SAYS,
        key=COPIES,
        stamp=f"仅限{copy.for_whom}：{copy.purpose}",
    )
