"""收费: the person pays at the counter, in cash or by a code; the clerk notes it with its slip."""

from django.db import transaction

from diebian.base.payments.public import take_at_window
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import locked
from diebian.scenes.services.fees.selectors import matter_of
from diebian.security.identity.public import Actor

from . import policy


@transaction.atomic
def take_fee(*, case_no: str, way: str, slip: str, by: Actor) -> None:
    """`way`: cash or qr; `slip`: number of the paper that the till or the terminal gave."""
    case = locked(case_no)
    if not policy.may_take(by, case):
        raise NotFound
    take_at_window(matter=matter_of(case), way=way, slip=slip, by=by)
