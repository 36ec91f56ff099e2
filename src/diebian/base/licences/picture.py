"""The PDF of a licence, drawn from its data on demand; the signed data travels inside."""

from io import BytesIO
from typing import Literal

import segno

from diebian.base.directory.public import city
from diebian.kernel.clock import CITY_TIME
from diebian.kernel.typeset import typeset

from .code import code_text
from .sheets import Sheet
from .verification import ATTACHED

LAYOUT = r"""
#set document(title: sys.inputs.title)
#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm), background: place(center + horizon,
  rotate(-30deg, box(width: 17cm, align(center,
    text(size: {over}, fill: rgb("#0b556618"))[#sys.inputs.over])))))
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
   *#sys.inputs.day* #h(0.6em) #sys.inputs.issued \
   *标识* #h(0.6em) #sys.inputs.id \ \
   #sys.inputs.says],
  align(right)[#box(stroke: 0.5pt + rgb("#c9d5d9"), inset: 3pt, image("code.svg", width: 10em))])
#v(1fr)
#line(length: 100%, stroke: 0.5pt + deep)
#text(size: 9pt, fill: rgb("#41535b"))[#sys.inputs.mark]
#pdf.attach("licence.json", relationship: "data", mime-type: "application/json")
"""
MARK = "样例，仅供演示"
LARGE, SMALL = "72pt", "30pt"  # of what stands over the page: two words, or a sentence


def document(sheet: Sheet) -> bytes:
    """PDF."""
    return drawn(sheet, form="pdf")


def drawn(sheet: Sheet, *, form: Literal["pdf", "png"]) -> bytes:
    """`form`: pdf, or png for looking at it (one page)."""
    told, code = city(), BytesIO()
    day = sheet.at.astimezone(CITY_TIME)
    text = code_text(header=sheet.said.header, signature=sheet.said.signature)
    segno.make(text, error="m").save(code, kind="svg", scale=4, border=2)
    mark = MARK if told is None or told.is_sample else ""
    return typeset(
        LAYOUT.replace("{over}", SMALL if sheet.stamp else LARGE),
        inputs={
            "title": sheet.title,
            "id": sheet.identifier.replace(".", ".\u200b"),  # may break after a dot
            "issuer": sheet.issuer,
            "issued": f"{day.year} 年 {day.month} 月 {day.day} 日",
            "says": sheet.says,
            "mark": mark,
            "over": sheet.stamp or mark,
            "day": "加注日期" if sheet.stamp else "签发日期",
        },
        files={
            "body.json": sheet.said.body.encode(),
            ATTACHED: sheet.file,
            "code.svg": code.getvalue(),
        },
        form=form,
    )
