"""The PDF of a licence, drawn from its data on demand; the signed data travels inside."""

from io import BytesIO
from typing import Literal

import segno

from diebian.base.directory.public import city
from diebian.kernel.clock import CITY_TIME
from diebian.kernel.typeset import typeset

from .actions import as_file
from .code import code_text
from .models import Licence
from .verification import ATTACHED

LAYOUT = r"""
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm), background: place(center + horizon,
  rotate(-30deg, text(size: 72pt, fill: rgb("#0b556612"))[#sys.inputs.mark])))
#set text(font: "{font}", size: 12pt, lang: "zh", region: "cn")
#set par(leading: 0.9em)
#let told = json("body.json")
#let deep = rgb("#073c49")
#line(length: 100%, stroke: 2pt + deep)
#align(center)[#v(1.2em) #text(size: 12pt, fill: deep)[#sys.inputs.issuer] #v(0.6em)
  #text(size: 23pt, weight: 700)[#sys.inputs.title]]
#v(1.6em)
#table(columns: (9.5em, 1fr), stroke: 0.5pt + rgb("#c9d5d9"), inset: 10pt,
  ..for (name, value) in told { (text(fill: rgb("#41535b"))[#name], [#value]) })
#v(1.6em)
#grid(columns: (1fr, 10.5em), gutter: 1.6em,
  [#set text(size: 10pt)
   *签发日期* #h(0.6em) #sys.inputs.issued \
   *标识* #h(0.6em) #sys.inputs.id \ \
   本决定以电子签名（SM2）作成，与纸质同样有效。核对真假：把这个 PDF 文件或右边二维码的内容
   放到“核对证照”页面，或在不联网的电脑上执行 diebian verify。以核对后显示的内容为准。],
  align(right)[#box(stroke: 0.5pt + rgb("#c9d5d9"), inset: 3pt, image("code.svg", width: 10em))])
#v(1fr)
#line(length: 100%, stroke: 0.5pt + deep)
#text(size: 9pt, fill: rgb("#41535b"))[#sys.inputs.mark]
#pdf.attach("licence.json", relationship: "data", mime-type: "application/json")
"""
MARK = "样例，仅供演示"


def document(licence: Licence) -> bytes:
    """PDF."""
    return drawn(licence, form="pdf")


def drawn(licence: Licence, *, form: Literal["pdf", "png"]) -> bytes:
    """`form`: pdf, or png for looking at it (one page)."""
    told, code = city(), BytesIO()
    issued = licence.issued_at.astimezone(CITY_TIME)
    text = code_text(header=licence.header, signature=licence.signature)
    segno.make(text, error="m").save(code, kind="svg", scale=4, border=2)
    return typeset(
        LAYOUT,
        inputs={
            "title": licence.title,
            "id": licence.identifier.replace(".", ".\u200b"),  # may break after a dot
            "issuer": licence.issuer.name,
            "issued": f"{issued.year} 年 {issued.month} 月 {issued.day} 日",
            "mark": MARK if told is None or told.is_sample else "",
        },
        files={
            "body.json": licence.body.encode(),
            ATTACHED: as_file(licence),
            "code.svg": code.getvalue(),
        },
        form=form,
    )
