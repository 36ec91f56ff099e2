"""One case at the window: its receipt, papers on paper, the decision that is handed out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from diebian.base.payments.public import NotOpen, SlipMissing
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services.actions import look_at
from diebian.scenes.services.fees.selectors import fee_of
from diebian.scenes.services.handover.selectors import is_sayable, told_of
from diebian.scenes.services.models import Handover
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.sending import day_in
from diebian.security.identity.public import Actor, Refused, actor_of

from . import handing_out, papers, policy, selectors, taking_fees
from .receipts import pdf_of, receipt_of
from .refusals import (
    FeeOutstanding,
    HandedOutBefore,
    HowUnclear,
    PaperUnclear,
    ReceiverUnclear,
    ReturnUnexplained,
    SentOnWrong,
)
from .saying_how import say_how
from .scanning import scannable

AT_THE_CASE = (
    FeeOutstanding, HandedOutBefore, HowUnclear, NotOpen, PaperUnclear, ReceiverUnclear,
    ReturnUnexplained, SentOnWrong, SlipMissing, WrongState,
)  # fmt: skip
SEEN = ("办件编号", "事项", "收件时间")
OF_A_PARCEL = ("收件人", "收件地址")
Sent = Mapping[str, str]


@require_safe
def counter(request: HttpRequest, case_no: str) -> HttpResponse:
    return _counter_page(request, case_no)


@require_POST
def act(request: HttpRequest, case_no: str, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    actor = actor_of(request)
    try:
        VERBS[verb](case_no, _sent(request), actor)
    except AT_THE_CASE as fault:
        return _counter_page(request, case_no, fault)
    if not selectors.is_open_here(actor, case_no):  # sent, or told of a parcel: its list says so
        return redirect("services:sheets")
    return redirect("services:counter", case_no)


@require_safe
def receipt(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    case = selectors.case_at(actor, case_no)
    told = receipt_of(case)
    look_at(case=case, page="回执", columns=SEEN, by=actor)
    return render(request, "services/receipt.html", {"case": case, "receipt": told})


@require_safe
def receipt_pdf(request: HttpRequest, case_no: str) -> HttpResponse:
    actor = actor_of(request)
    case = selectors.case_at(actor, case_no)
    look_at(case=case, page="回执", columns=SEEN, by=actor)
    address = request.build_absolute_uri(reverse("services:track", args=[case_no]))
    told = pdf_of(case, address=address, is_large="large" in request.GET)
    return HttpResponse(told, content_type="application/pdf")


def _counter_page(
    request: HttpRequest, case_no: str, fault: DiebianError | None = None
) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_work(actor):
        raise Refused
    case = selectors.case_at(actor, case_no)
    if case.received_at is None:
        raise NotFound
    handover, handout = told_of(case), getattr(case, "handout", None)
    is_mailed = handover is not None and handover.row.address
    seen = (*SEEN, *OF_A_PARCEL) if is_mailed else SEEN
    look_at(case=case, page="综合窗口办件页", columns=seen, by=actor)
    page: dict[str, Any] = {
        "case": case,
        "receipt": receipt_of(case),
        "handout": handout,
        "handover_ways": Handover.Way.choices,
        "handover": handover,
        "may_say_how": is_sayable(case, handout) and policy.may_say_how(actor, case),
        "may_send": policy.may_send(actor, case),
        "today": clock.today(),
        "is_decided": case.state in handing_out.DECIDED,
        "fee": fee_of(case),
        "may_take": (may_take := policy.may_take(actor, case)),
        "may_scan": may_take and bool(scannable(case)),
        "serves": policy.serves(actor, case),
        "sent": _sent(request),
        "fault": fault,
    }
    return render(request, "services/counter.html", page, status=fault.status if fault else 200)


def _take(case_no: str, sent: Sent, by: Actor) -> None:
    copies = sent.get("copies", "1")
    papers.take_paper(
        case_no=case_no,
        name=sent.get("name", ""),
        copies=int(copies) if copies.isascii() and copies.isdigit() else 0,
        is_original=sent.get("original") == "on",
        by=by,
    )


def _hand_out(case_no: str, sent: Sent, by: Actor) -> None:
    handing_out.hand_out(
        case_no=case_no, to_name=sent.get("to_name", ""), relation=sent.get("relation", ""), by=by
    )


def _mail(case_no: str, sent: Sent, by: Actor) -> None:
    handing_out.mail(
        case_no=case_no,
        to_name=sent.get("to_name", ""),
        address=sent.get("address", ""),
        carrier=sent.get("carrier", ""),
        parcel_no=sent.get("parcel_no", ""),
        sent_on=day_in(sent.get("sent_on", "")),
        by=by,
    )


def _arrived(case_no: str, _: Sent, by: Actor) -> None:
    handing_out.note_arrival(case_no=case_no, by=by)


def _take_fee(case_no: str, sent: Sent, by: Actor) -> None:
    taking_fees.take_fee(case_no=case_no, way=sent.get("way", ""), slip=sent.get("slip", ""), by=by)


def _how(case_no: str, sent: Sent, by: Actor) -> None:
    told = {name: sent.get(name, "") for name in ("way", "to_name", "address")}
    say_how(case_no=case_no, **told, by=by)


def _returned(case_no: str, sent: Sent, by: Actor) -> None:
    handing_out.note_return(case_no=case_no, why=sent.get("why", ""), by=by)


VERBS: dict[str, Callable[[str, Sent, Actor], None]] = {
    "paper": _take,
    "fee": _take_fee,
    "hand-out": _hand_out,
    "mail": _mail,
    "arrived": _arrived,
    "returned": _returned,
    "how": _how,
}


def _sent(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
