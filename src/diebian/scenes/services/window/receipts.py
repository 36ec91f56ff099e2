"""回执: what was received and when, what happens next, until when; on a page and as PDF.

The time is the true one, also when departments' systems are away: then it says 接收, 待核验.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import segno

from diebian.base.directory.public import city
from diebian.kernel.clock import CITY_TIME
from diebian.kernel.typeset import typeset
from diebian.scenes.services.fees.selectors import open_fee
from diebian.scenes.services.handover.owing import promised
from diebian.scenes.services.handover.selectors import told_of
from diebian.scenes.services.models import Case, Channel, PaperScanned, State
from diebian.scenes.services.ratings.slips import code_of_visit
from diebian.scenes.services.selectors import clock_of
from diebian.standards.calendar import in_words
from diebian.standards.masking import masked

from .refusals import NoReceiptYet

USUAL, LARGE = "11pt", "17pt"
LAYOUT = r"""
#set page(paper: "a4", margin: (x: 2.2cm, y: 2cm))
#set text(font: "{font}", size: eval(sys.inputs.size), lang: "zh", region: "cn")
#set par(leading: 0.8em)
#let told = json("receipt.json")
#align(center)[#text(size: 1.8em, weight: 700)[#told.title]]
#v(0.8em)
#table(columns: (8em, 1fr), stroke: 0.5pt + rgb("#9aa9ae"), inset: 0.6em,
  ..for (name, value) in told.lines { ([#name], [*#value*]) })
#v(0.6em)
#for one in told.next [#one \ ]
#if told.papers.len() > 0 [
  #v(0.6em) *收下、扫描的材料* \
  #for one in told.papers [· #one \ ]
]
#v(1fr)
#grid(columns: (1fr, 7em), [#text(size: 0.85em)[#told.foot]],
  align(right)[#image("code.svg", width: 6em) #text(size: 0.8em)[扫码看进度]])
"""


@dataclass(frozen=True)
class Receipt:
    title: str
    lines: Sequence[tuple[str, str]]
    next: Sequence[str]  # who does what, until when, what the person does
    papers: Sequence[str]
    foot: str


def receipt_of(case: Case) -> Receipt:
    """Of a case that was handed in. Raises `NoReceiptYet`."""
    if case.received_at is None:
        raise NoReceiptYet
    accepted = next((one.at for one in case.events.all() if one.kind == "accepted"), None)
    told = city()
    lines = [
        ("办件编号", case.case_no),
        ("申请人", masked(case.applicant_name, first=1, last=0)),
        ("事项", case.item.name),
        ("收件时间", _moment(case.received_at)),
        ("受理时间", _moment(accepted) if accepted else "接收，待核验"),
        ("谁来决定", _with_reason(case.department.name, case.competence)),
    ]
    if reception := getattr(case, "reception", None):
        lines.append(("谁收的", f"{reception.department.name}，负责把材料转到"))
    if case.channel == Channel.WINDOW:
        lines.append(("收件", "综合窗口"))
        lines.append(("窗口评价码", code_of_visit(case)))
    hotline = told.hotline if told else ""
    return Receipt(
        title="受理回执" if accepted else "收件回执",
        lines=lines,
        next=[*_next(case, hotline), *_rates(case, hotline)],
        papers=[_paper(one.name, one.copies, one.is_original) for one in case.papers_taken.all()]
        + [_scanned(one) for one in case.papers_scanned.all()],
        foot=f"问办到哪一步：打 {hotline} 报办件编号。"
        + ("样例，仅供演示。" if told is None or told.is_sample else ""),
    )


def pdf_of(case: Case, *, address: str, is_large: bool) -> bytes:
    """`address`: of the tracking page, as a code to scan."""
    receipt, code = receipt_of(case), BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=2)
    told = {
        "title": receipt.title,
        "lines": receipt.lines,
        "next": receipt.next,
        "papers": receipt.papers,
        "foot": receipt.foot,
    }
    return typeset(
        LAYOUT,
        inputs={"size": LARGE if is_large else USUAL},
        files={"receipt.json": json.dumps(told).encode(), "code.svg": code.getvalue()},
    )


def _next(case: Case, hotline: str) -> list[str]:
    clock = clock_of(case)
    if fee := open_fee(case):
        return [
            f"请缴费 {fee.yuan} 元，最晚 {in_words(fee.due)}，缴了自动接着办（沙箱，不是真钱）。",
            f"网上在办件里缴，或者在窗口付现金、扫码；没有缴不会作废，有疑问打 {hotline}。",
        ]
    if case.state == State.RECEIVED:
        waits = f"“{case.waits_for}”的系统暂时联系不上" if case.waits_for else "系统正在向部门查询"
        return [
            f"{waits}。恢复后自动核验、自动受理，您不用再来。",
            f"有结果会告诉您；没有手机的，请打 {hotline} 问。收件时间照上面写的算。",
        ]
    if clock.promised_due is not None and clock.state != "ended":
        until = in_words(clock.promised_due)
        return [f"{case.department.name}审核，最晚 {until} 办完。您现在不用做什么。"]
    told = told_of(case)
    paper = [f"纸质证件：{promised(told.row)}。"] if told and told.is_owed else []
    return [f"现在：{case.get_state_display()}。", *paper]


def _rates(case: Case, hotline: str) -> list[str]:
    if case.channel != Channel.WINDOW:
        return []
    return [f"窗口服务怎么样，请您评：网站“办事公开”里点“我有评价码”，或打 {hotline} 报评价码。"]


def _with_reason(name: str, reason: str) -> str:
    return f"{name}（{reason}）" if reason else name


def _moment(at: datetime) -> str:
    local = at.astimezone(CITY_TIME)
    return f"{local.year} 年 {in_words(local.date())} {local:%H:%M}"


def _paper(name: str, copies: int, is_original: bool) -> str:
    return f"{name} {copies} 份{'，原件' if is_original else '，复印件'}"


def _scanned(one: PaperScanned) -> str:
    seen = "看过原件，已当场还给本人" if one.is_original_seen else "没有看原件"
    return f"{one.name} 扫描 {one.pages} 页，{seen}"
