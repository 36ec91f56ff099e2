"""出证: the decision on paper is fetched against a signature, or sent as a parcel."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.fees.selectors import open_fee
from diebian.scenes.services.handover.owing import fulfil, owe_again
from diebian.scenes.services.models import Case, Handout, State
from diebian.scenes.services.refusals import WrongState
from diebian.security.identity.public import Actor
from diebian.standards.calendar import in_words

from . import policy
from .refusals import (
    FeeOutstanding,
    HandedOutBefore,
    ReceiverUnclear,
    ReturnUnexplained,
    SentOnWrong,
)

DECIDED = (State.APPROVED, State.REFUSED)


@transaction.atomic
def hand_out(*, case_no: str, to_name: str, relation: str, by: Actor) -> Handout:
    """`relation`: of whoever fetches it for the applicant; empty for the applicant."""
    case = _decided(case_no, policy.serves, by)
    if not to_name.strip():
        raise ReceiverUnclear
    told = {"to_name": to_name.strip()[:100], "relation": relation.strip()[:40]}
    made = _made(case, by, way=Handout.Way.SIGNED, **told)
    who = f"{made.to_name}（{made.relation}）" if made.relation else made.to_name
    happened(case, "handed_out", by, f"{who}当面领取并签名")
    return made


@transaction.atomic
def mail(
    *,
    case_no: str,
    to_name: str,
    address: str,
    carrier: str,
    parcel_no: str,
    sent_on: date | None = None,
    by: Actor,
) -> Handout:
    """`sent_on`: the day on which the carrier took it; today where nothing is said."""
    case = _decided(case_no, policy.may_send, by)
    day = sent_on or clock.today()
    if not _decided_on(case) <= day <= clock.today():
        raise SentOnWrong
    told = {
        "to_name": to_name.strip()[:100],
        "address": address.strip()[:200],
        "carrier": carrier.strip()[:40],
        "parcel_no": parcel_no.strip()[:40],
    }
    if not all(told.values()):
        raise ReceiverUnclear
    made = _made(case, by, way=Handout.Way.MAILED, sent_on=day, **told)
    says = f"{in_words(day)}交给{made.carrier}，单号 {made.parcel_no}，寄给 {made.to_name}"
    happened(case, "mailed", by, says)
    return made


@transaction.atomic
def note_arrival(*, case_no: str, by: Actor) -> None:
    """妥投, as the carrier tells; noted once."""
    case, handout = _on_its_way(case_no, by)
    handout.arrived_at = clock.now()
    handout.save(update_fields=["arrived_at"])
    happened(case, "parcel_arrived", by, f"{handout.carrier} {handout.parcel_no}")


@transaction.atomic
def note_return(*, case_no: str, why: str, by: Actor) -> None:
    """退回: the paper is here again, to be fetched or sent anew."""
    case, handout = _on_its_way(case_no, by)
    if not why.strip():
        raise ReturnUnexplained
    handout.returned_at, handout.returned_why = clock.now(), why.strip()[:200]
    handout.save(update_fields=["returned_at", "returned_why"])
    owe_again(case)
    says = f"{handout.carrier} {handout.parcel_no} 没有送到，退回窗口：{handout.returned_why}"
    happened(case, "parcel_returned", by, says)


def _on_its_way(case_no: str, by: Actor) -> tuple[Case, Handout]:
    """A parcel is followed by whoever sent it; what became of it is noted once."""
    case = locked(case_no)
    rows = Handout.objects.select_for_update().filter(case=case, way=Handout.Way.MAILED)
    handout = rows.filter(by_key=by.key).first()
    if handout is None or not policy.may_work(by):
        raise NotFound
    if handout.arrived_at is not None or handout.returned_at is not None:
        raise WrongState
    return case, handout


def _decided(case_no: str, may: Callable[[Actor, Case], bool], by: Actor) -> Case:
    case = locked(case_no)
    if not may(by, case):
        raise NotFound
    if case.state not in DECIDED:
        raise WrongState
    if fee := open_fee(case):
        raise FeeOutstanding(f"{fee.yuan} 元")
    return case


def _decided_on(case: Case) -> date:
    """The city's day of the decision."""
    decided = case.events.filter(kind="decided").last()
    return decided.at.astimezone(clock.CITY_TIME).date() if decided else clock.today()


def _made(case: Case, by: Actor, **told: Any) -> Handout:
    """In the place of one that came back: its parcel stands in the course of the case."""
    Handout.objects.filter(case=case, returned_at__isnull=False).delete()
    try:
        with transaction.atomic():
            made = Handout.objects.create(
                case=case, by_key=by.key, by_name=by.name, at=clock.now(), **told
            )
    except IntegrityError as error:
        raise HandedOutBefore from error
    fulfil(case)
    return made
