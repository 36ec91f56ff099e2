from django.db.models import QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import Actor

from . import policy


def application_for(by: Actor, number: str) -> Application:
    """The applicant's, or the receiving clerk's; for anybody else it does not exist."""
    rows = Application.objects.select_related("theme__department", "version")
    found = rows.filter(number=number).first()
    if found is None or not policy.may_fill(by, found):
        raise NotFound
    found.version.theme = found.theme
    return found


def applications_of(by: Actor) -> QuerySet[Application]:
    rows = Application.objects.filter(applicant_key=by.key).exclude(state=State.LAPSED)
    return rows.select_related("theme").prefetch_related("cases__item").order_by("-pk")


def received_at_window(by: Actor) -> QuerySet[Application]:
    """Today's of this clerk's window."""
    rows = Application.objects.filter(
        opened_by=by.key, is_at_window=True, opened_at__gte=clock.midnight()
    )
    return rows.exclude(state=State.LAPSED).select_related("theme").order_by("-pk")
