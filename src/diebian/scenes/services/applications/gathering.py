"""补正 of several departments goes to the person as one notice (each still within its own days).

The page shows each at once; the notice waits a little for whoever may still ask.
"""

from datetime import timedelta

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.services.models import State as CaseState
from diebian.scenes.services.models import SupplementNotice
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .rows import happened
from .telling import tell_asked

WINDOW = timedelta(hours=2)  # from the first that is not told yet


@transaction.atomic
def tell_supplements(*, by: Actor) -> int:
    """Of how many applications something was told. Run again, it tells nothing twice."""
    if by != PLATFORM:
        raise Refused
    asked = SupplementNotice.objects.filter(
        answered_at=None, case__application__state=State.RUNNING
    )
    rows = Application.objects.filter(pk__in=asked.values("case__application"))
    found = rows.select_for_update(of=("self",), skip_locked=True).select_related("theme")
    return sum(_told(one) for one in found)


def _told(of: Application) -> bool:
    now = clock.now()
    asked = SupplementNotice.objects.filter(case__application=of, answered_at=None)
    if of.asked_told_at is not None:
        asked = asked.filter(asked_at__gt=of.asked_told_at)
    notices = list(asked.select_related("case__item", "case__department").order_by("asked_at"))
    if not notices or (_others_may_ask(of) and now < notices[0].asked_at + WINDOW):
        return False
    of.asked_told_at = now
    of.save(update_fields=["asked_told_at"])
    tell_asked(of, notices)
    happened(of, "asked", PLATFORM)
    return True


def _others_may_ask(of: Application) -> bool:
    return of.cases.filter(state=CaseState.UNDER_REVIEW, supplement=None).exists()
