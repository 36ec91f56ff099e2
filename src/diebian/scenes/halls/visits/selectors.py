from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from diebian.kernel.errors import NotFound
from diebian.scenes.halls.places.models import Hall
from diebian.security.identity.public import Actor

from . import policy
from .models import HomeVisit, State


def visit_for(by: Actor, public_id: UUID) -> HomeVisit:
    found = HomeVisit.objects.select_related("hall").filter(public_id=public_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def visits_of(by: Actor) -> QuerySet[HomeVisit]:
    """What this person has asked for."""
    return HomeVisit.objects.filter(asked_by=by.key).select_related("hall").order_by("-day", "-pk")


def route(hall: Hall, day: date) -> QuerySet[HomeVisit]:
    """In the order of going: morning first, one quarter after the other, along its addresses."""
    rows = HomeVisit.objects.filter(hall=hall, day=day).exclude(state=State.CANCELLED)
    return rows.order_by("half", "area", "address", "pk")
