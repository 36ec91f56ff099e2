"""A difference that was found goes to the provider as 校核: one at a time, or the list."""

from collections.abc import Sequence

from django.db import transaction

from diebian.base.corrections.public import Finding, open_found
from diebian.base.exchange.public import share
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Outcome, Result
from .plan import plan_of
from .refusals import NobodyToAsk
from .selectors import results_for, run_for

MOST_AT_ONCE = 500
HANDED = (Outcome.DIFFERS, Outcome.LEFT_ONLY)


@transaction.atomic
def hand_over(*, run_id: int, outcome: str, results: Sequence[int] | None, by: Actor) -> int:
    """`results`: keys of persons on the list, None: the next 500 of it. Gives how many went.

    Whoever is doubted already is not doubted twice; the provider sees who, and what does not agree,
    and nothing of what the other side says.
    """
    run = run_for(by, run_id)
    if not policy.may_see_persons(by, run.comparison):
        raise Refused
    if outcome not in HANDED:
        raise NotFound
    rows = results_for(by, run, outcome).filter(handed_at=None).select_for_update()
    chosen = rows if results is None else rows.filter(pk__in=results)
    found = list(chosen[:MOST_AT_ONCE])
    one = run.comparison
    asked = one.right_request_id or one.left_request_id
    if asked is None:
        raise NobodyToAsk
    names = plan_of(one.plan)
    went = open_found(
        resource=share(asked).resource,
        findings=[
            Finding(row.id_number, "、".join(names.differing(row.differing)) or "有没有记录")
            for row in found
        ],
        says=f"与{one.consumer.name}的登记比对不上（比对“{one.title}”第 {run.number} 次），请核实",
        case_no=run.code,
        by=by,
    )
    Result.objects.filter(pk__in=[row.pk for row in found]).update(handed_at=clock.now())
    return went
