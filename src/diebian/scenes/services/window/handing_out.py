"""出证: the decision on paper is fetched against a signature, or sent as a parcel."""

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.fees.selectors import open_fee
from diebian.scenes.services.models import Case, Handout, State
from diebian.scenes.services.refusals import WrongState
from diebian.security.identity.public import Actor

from . import policy
from .refusals import FeeOutstanding, HandedOutBefore, ReceiverUnclear

DECIDED = (State.APPROVED, State.REFUSED)


@transaction.atomic
def hand_out(*, case_no: str, to_name: str, relation: str, by: Actor) -> Handout:
    """`relation`: of whoever fetches it for the applicant; empty for the applicant."""
    case = _decided(case_no, by)
    if not to_name.strip():
        raise ReceiverUnclear
    told = {"to_name": to_name.strip()[:100], "relation": relation.strip()[:40]}
    made = _made(case, by, way=Handout.Way.SIGNED, **told)
    who = f"{made.to_name}（{made.relation}）" if made.relation else made.to_name
    happened(case, "handed_out", by, f"{who}当面领取并签名")
    return made


@transaction.atomic
def mail(
    *, case_no: str, to_name: str, address: str, carrier: str, parcel_no: str, by: Actor
) -> Handout:
    case = _decided(case_no, by)
    told = {
        "to_name": to_name.strip()[:100],
        "address": address.strip()[:200],
        "carrier": carrier.strip()[:40],
        "parcel_no": parcel_no.strip()[:40],
    }
    if not all(told.values()):
        raise ReceiverUnclear
    made = _made(case, by, way=Handout.Way.MAILED, **told)
    happened(case, "mailed", by, f"{made.carrier} {made.parcel_no}，寄给 {made.to_name}")
    return made


@transaction.atomic
def note_arrival(*, case_no: str, by: Actor) -> None:
    """妥投, as the carrier tells; noted once."""
    case = locked(case_no)
    rows = Handout.objects.select_for_update().filter(case=case, way=Handout.Way.MAILED)
    handout = rows.filter(by_key=by.key).first()
    if handout is None or not policy.may_work(by):
        raise NotFound  # a parcel is followed by whoever sent it
    if handout.arrived_at is not None:
        raise WrongState
    handout.arrived_at = clock.now()
    handout.save(update_fields=["arrived_at"])
    happened(case, "parcel_arrived", by)


def _decided(case_no: str, by: Actor) -> Case:
    case = locked(case_no)
    if not policy.serves(by, case):
        raise NotFound
    if case.state not in DECIDED:
        raise WrongState
    if fee := open_fee(case):
        raise FeeOutstanding(f"{fee.yuan} 元")
    return case


def _made(case: Case, by: Actor, **told: str) -> Handout:
    try:
        with transaction.atomic():
            return Handout.objects.create(
                case=case, by_key=by.key, by_name=by.name, at=clock.now(), **told
            )
    except IntegrityError as error:
        raise HandedOutBefore from error
