"""How each system stands: pushed, waiting, answered, and what differs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from diebian.kernel.errors import NotFound
from diebian.scenes.services.models import OPEN, ServiceItem
from diebian.scenes.services.system_models import CaseSystem, Difference, Heard, Push
from diebian.security.identity.public import Actor

from . import policy
from .comparing import DO

SHOWN = 50


@dataclass(frozen=True)
class Standing:
    system: CaseSystem
    items: int
    waiting: int
    sent: int
    open_there: int
    unfit: int
    differences: int


def systems_of(by: Actor) -> list[Standing]:
    rows = CaseSystem.objects.select_related("department").order_by("retired_on", "pk")
    return [_standing(one) for one in rows if policy.may_see(by, one)]


def system_of(by: Actor, key: int) -> CaseSystem:
    found = CaseSystem.objects.select_related("department").filter(pk=key).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def items_by_system() -> dict[str, int]:
    rows = ServiceItem.objects.filter(retired_on=None).exclude(system="").order_by()
    return dict(rows.values_list("system").annotate(Count("pk")))


def waiting(system: CaseSystem) -> QuerySet[Push]:
    rows = system.pushes.filter(state=Push.State.WAITING)
    return rows.select_related("case__item").order_by("pk")[:SHOWN]


def open_there(system: CaseSystem) -> QuerySet[Push]:
    """What it has and has not decided, the oldest first."""
    rows = system.pushes.filter(kind=Push.Kind.OPENED, state=Push.State.SENT, case__state__in=OPEN)
    return rows.select_related("case__item").order_by("sent_at")[:SHOWN]


def heard_of(system: CaseSystem) -> QuerySet[Heard]:
    return system.heard.order_by("-seq")[:SHOWN]


def differences_of(system: CaseSystem) -> Sequence[tuple[Difference, str]]:
    """Each with what to do."""
    rows = system.differences.filter(settled_at=None).order_by("found_at", "pk")
    return [(one, DO[Difference.Kind(one.kind)]) for one in rows[:SHOWN]]


def _standing(system: CaseSystem) -> Standing:
    pushes = system.pushes
    return Standing(
        system=system,
        items=items_by_system().get(system.name, 0),
        waiting=pushes.filter(state=Push.State.WAITING).count(),
        sent=pushes.filter(state=Push.State.SENT).count(),
        open_there=open_there(system).count(),
        unfit=system.heard.filter(outcome=Heard.Outcome.UNFIT).count(),
        differences=system.differences.filter(settled_at=None).count(),
    )
