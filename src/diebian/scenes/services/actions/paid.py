"""What a payment changes for its case: said in its course, and what waited for it goes on."""

from django.db import transaction

from diebian.scenes.services.fees.selectors import open_fee
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .delivering import deliver_after_payment
from .fetching import accept_or_wait
from .rows import happened, locked

TOLD = {
    "paid": "fee_paid",
    "void": "fee_void",
    "twice": "fee_twice",
    "going_back": "fee_going_back",
    "given_back": "fee_given_back",
}


@transaction.atomic
def note_payment(*, case_no: str, kind: str, says: str, by: Actor) -> None:
    """`kind`: what payments say happened to the order of the case."""
    if by != PLATFORM:
        raise Refused
    case = locked(case_no)
    if kind not in TOLD:
        return
    happened(case, TOLD[kind], by, says)
    if kind == "paid":
        _go_on(case)


def _go_on(case: Case) -> None:
    if case.state == State.RECEIVED:
        accept_or_wait(case, PLATFORM)
    elif case.state == State.APPROVED and open_fee(case) is None:
        deliver_after_payment(case)
