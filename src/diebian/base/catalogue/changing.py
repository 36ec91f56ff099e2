"""变更: what is published stays as it is until its change has been reviewed and published.

国务院令第809号 第十七条. The data manager proposes with both assessments made anew, the data head
agrees, the authority publishes within two working days; what the entry said before is kept.
"""

from uuid import UUID

from django.db import transaction

from diebian.security.identity.public import Actor

from . import changes
from .facts import EntryFacts
from .models import EntryChange
from .telling import tell_moved


@transaction.atomic
def propose_change(
    *,
    entry_id: UUID,
    facts: EntryFacts,
    why: str,
    secrecy_reviewed: bool,
    privacy_assessed: bool,
    by: Actor,
) -> EntryChange:
    ticked = {"secrecy": secrecy_reviewed, "privacy": privacy_assessed}
    return _told(changes.proposed(entry_id, facts, why, by, **ticked), by)


@transaction.atomic
def approve_change(*, entry_id: UUID, by: Actor) -> EntryChange:
    return _told(changes.approved(entry_id, by), by)


@transaction.atomic
def send_back_change(*, entry_id: UUID, reason: str, by: Actor) -> EntryChange:
    return _told(changes.sent_back(entry_id, reason, by), by)


@transaction.atomic
def publish_change(*, entry_id: UUID, by: Actor) -> EntryChange:
    return _told(changes.published(entry_id, by), by)


def _told(change: EntryChange, by: Actor) -> EntryChange:
    tell_moved([change], by)
    return change
