"""Who sits where."""

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Window
from .refusals import WindowTaken
from .selectors import is_seated


@transaction.atomic
def sit(*, hall_code: str, number: int, by: Actor) -> Window:
    """上岗: this clerk is at this window from now on, and at no other."""
    rows = Window.objects.select_for_update(of=("self",)).select_related("hall")
    window = rows.filter(
        hall__code=hall_code, hall__retired_on=None, number=number, retired_on=None
    ).first()
    if window is None:
        raise NotFound
    if not policy.may_sit(by, window.hall):
        raise Refused
    if is_seated(window) and window.clerk_key != by.key:
        raise WindowTaken
    leave(by)
    window.clerk_key, window.clerk_name, window.seated_at = by.key, by.name, clock.now()
    window.save(update_fields=["clerk_key", "clerk_name", "seated_at"])
    audit.record(by=by, action="halls.window.taken", subject=_subject(window))
    return window


@transaction.atomic
def rise(*, by: Actor) -> None:
    """离岗. Of a clerk who sits nowhere there is nothing to leave."""
    if not policy.may_work(by):
        raise Refused
    leave(by)


def leave(by: Actor) -> None:
    """Inside the caller's transaction."""
    for window in Window.objects.select_for_update().filter(clerk_key=by.key):
        window.clerk_key, window.clerk_name, window.seated_at = "", "", None
        window.save(update_fields=["clerk_key", "clerk_name", "seated_at"])
        audit.record(by=by, action="halls.window.left", subject=_subject(window))


def _subject(window: Window) -> str:
    return f"window:{window.hall_id}/{window.number}"
