from django.db.models import Q, QuerySet
from django.urls import reverse

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.behalf import reach_of
from diebian.scenes.services.selectors import SHOWN
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor

from . import policy
from .behalf import absent
from .rows import PREFIX


def application_for(by: Actor, number: str) -> Application:
    """The applicant's, of whoever acts for her, or the receiving clerk's; for anybody else it does
    not exist.
    """
    rows = Application.objects.select_related("theme__department", "version")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotFound
    if not policy.may_fill(by, found):
        raise absent(by, found)
    found.version.theme = found.theme
    return found


def address_of(number: str) -> str:
    """The page of a case, or of an application, as it stands in 谁查过我."""
    page = "services:theme-track" if number.startswith(PREFIX) else "services:track"
    return reverse(page, args=[number]) if number else ""


def applications_of(by: Actor) -> QuerySet[Application]:
    rows = Application.objects.filter(applicant_key=by.key).exclude(state=State.LAPSED)
    return rows.select_related("theme").prefetch_related("cases__item").order_by("-pk")


def applications_of_others(by: Actor) -> list[Application]:
    """Of those for whom this one may act today in all members."""
    wanted = Q()
    for giver, codes in reach_of(by).items():
        reach = Q() if codes is None else Q(members__contained_by=sorted(codes))
        wanted |= Q(applicant_key=giver) & reach
    if not wanted:
        return []
    rows = Application.objects.filter(wanted).exclude(state=State.LAPSED)
    rows = rows.select_related("theme").prefetch_related("cases__item").order_by("-pk")
    return list(rows[:SHOWN])


def received_at_window(by: Actor) -> QuerySet[Application]:
    """Today's of this clerk's window."""
    rows = Application.objects.filter(
        opened_by=by.key, is_at_window=True, opened_at__gte=clock.midnight()
    )
    return rows.exclude(state=State.LAPSED).select_related("theme").order_by("-pk")
