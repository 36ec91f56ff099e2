"""A case that is over owes nothing more; what was paid goes back where its item says so."""

from diebian.base.payments.public import end_order
from diebian.scenes.services.models import Case, State
from diebian.security.identity.public import Actor

from .selectors import charging_of, matter_of

ENDED = {State.WITHDRAWN: "申请人撤回了申请", State.REFUSED: "决定不予办理"}


def end_fee(case: Case, state: State, by: Actor) -> None:
    """Inside the caller's transaction, as the case ends so."""
    charging = charging_of(case)
    if charging is None or state not in ENDED:
        return
    is_given_back = state.value in charging.given_back
    end_order(matter=matter_of(case), why=ENDED[state], is_given_back=is_given_back, by=by)
