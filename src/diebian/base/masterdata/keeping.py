"""How long past states stay. What is read stays; what was replaced goes some months later, as the
declaration says, with its values. That something changed, decisions and the trail stay.

Killed at any moment it goes on where it was: first the base says up to which build nothing is told
any more, then the rows go, and rows of before that mark can only be some that are still to go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from diebian.base.exchange.public import months_on
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.kernel.progress import quiet
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .looking import plan_now
from .models import Base, Build, BuildState, GoldenRecord
from .plan import USUAL, Keeping, Plan

CHUNK = 10_000
Point = Callable[[str], None]


@dataclass(frozen=True)
class KeptLine:
    """For the page of a base. `gone`: the build by which all that ended is gone."""

    keeping: Keeping
    is_usual: bool
    gone: Build | None


def kept_line(base: Base, plan: Plan) -> KeptLine:
    gone = Build.objects.filter(base=base, number=base.forgotten).first()
    return KeptLine(plan.keeping, plan.keeping == USUAL, gone)


def last_day(keeping: Keeping, ended: Build) -> date:
    """Until when a state stays that ended with this build."""
    day = ended.ended_at or ended.asked_at
    return months_on(day.astimezone(clock.CITY_TIME).date(), keeping.months)


def forget(*, slug: str, by: Actor, point: Point = quiet, chunk: int = CHUNK) -> int:
    """Deletes the past states that have been kept long enough; gives how many went."""
    if not policy.may_forget(by):
        raise Refused
    base = _marked(slug, by)
    point("marked")
    went = 0
    while keys := _some(base, chunk):
        went += GoldenRecord.objects.filter(pk__in=keys).delete()[0]
        point("gone")
    return went


@transaction.atomic
def _marked(slug: str, by: Actor) -> Base:
    """From here on nothing is told of what ended by that build, whether it is gone already."""
    base = Base.objects.select_for_update().filter(slug=slug).first()
    if base is None:
        raise NotFound
    number = _last_over(base)
    if number > base.forgotten:
        base.forgotten = number
        base.save(update_fields=["forgotten"])
        audit.record(by=by, action="masterdata.forgotten", subject=base.audit_subject)
    return base


def _last_over(base: Base) -> int:
    """The newest build of which all that ended with it, or before, has been kept long enough."""
    keeping, today = plan_now(base).keeping, clock.today()
    done = Build.objects.filter(base=base, state=BuildState.DONE, number__lte=base.built)
    over = (one.number for one in done.order_by("-number") if last_day(keeping, one) < today)
    return next(over, 0)


def _some(base: Base, chunk: int) -> list[int]:
    rows = GoldenRecord.objects.filter(base=base, until__lte=base.forgotten).order_by("until", "pk")
    return list(rows.values_list("pk", flat=True)[:chunk])
