"""Handing in: one receipt, one process that opens the members' cases as their turn comes."""

from django.db import transaction

from diebian.base.process.public import deploy, start
from diebian.kernel import clock
from diebian.scenes.services.applications import behalf, true_will
from diebian.scenes.services.applications.carrying import business_key
from diebian.scenes.services.applications.papers import wanted_of
from diebian.scenes.services.applications.places import is_filled
from diebian.scenes.services.applications.policy import may_fill
from diebian.scenes.services.applications.rows import happened, locked
from diebian.scenes.services.applications.telling import tell_received
from diebian.scenes.services.refusals import (
    FormUnfinished,
    PapersMissing,
    TrueWillUnasked,
    WrongState,
)
from diebian.scenes.services.themes.drawing import MEMBERS, process_of
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM, Actor, Post, department_key

from .drafting import need_ready


@transaction.atomic
def submit(*, number: str, by: Actor) -> Application:
    """Sent twice, it is one. It runs on the version that it was filled in; whatever is compiled
    later does not touch it."""
    found = locked(number)
    if not may_fill(by, found):
        raise behalf.absent(by, found)
    if found.received_at is not None:
        return found
    if found.state != State.DRAFT:
        raise WrongState
    need_ready(found)
    if not is_filled(found):
        raise FormUnfinished
    if true_will.is_missing(found, by):
        raise TrueWillUnasked
    wanted = wanted_of(found)
    if names := [one.wanted.name for one in wanted if one.is_missing]:
        raise PapersMissing("、".join(names))
    waiting = [one.key for one in wanted if one.is_outstanding]
    found.promises.exclude(identity__in=waiting).delete()  # it came, or nobody wants it any more
    deploy(file=found.version.drawing.encode(), by=PLATFORM)
    found.runs_as = start(
        process=process_of(found.theme.code),
        business_key=business_key(found),
        title=found.theme.name,
        department=found.theme.department.credit_code,
        person=found.applicant_key,
        form={MEMBERS: found.members},
        by=PLATFORM,
    )
    found.state, found.received_at = State.RUNNING, clock.now()
    if found.is_at_window and by.holds(Post.WINDOW):
        found.window_id, found.clerk_name = department_key(by), by.name
    found.save(update_fields=["state", "received_at", "runs_as", "window", "clerk_name"])
    happened(found, "received", by)
    tell_received(found)
    return found
