"""One step of one change, as `steps` for entries: nobody is told here."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .agreeing import refuse_disagreeing
from .facts import EntryFacts
from .models import ChangeState, Entry, EntryChange, State
from .refusals import (
    AssessmentMissing,
    ItemsMissing,
    NothingChanged,
    NotInReview,
    NotPublished,
)
from .rows import columns_of, lock, refuse_taken_title, rewrite, worded
from .snapshot import differences, facts_in, facts_of, kept

_PUBLISHED = EntryChange.objects.filter(entry=OuterRef("pk"), state=ChangeState.PUBLISHED)
# When an entry came to say what it says: by its last change, or its publication.
SINCE = Coalesce(Subquery(_PUBLISHED.order_by("-pk").values("published_at")[:1]), "published_at")


def proposed(
    entry_id: UUID, facts: EntryFacts, why: str, by: Actor, *, secrecy: bool, privacy: bool
) -> EntryChange:
    """A change that was sent back is proposed anew in its place."""
    entry = lock(entry_id)
    if not policy.may_edit(by, entry):
        raise Refused
    if entry.state != State.PUBLISHED:
        raise NotPublished
    found = open_change(entry)
    if found is not None and found.state != ChangeState.RETURNED:
        raise NotInReview
    if not (secrecy and privacy):
        raise AssessmentMissing
    if not facts.items:
        raise ItemsMissing
    columns_of(facts)  # refuses what could never be published
    refuse_disagreeing(facts.items)
    refuse_taken_title(entry, facts.title)
    if not list(differences(facts_of(entry), facts)):
        raise NothingChanged
    change = found or EntryChange(entry=entry)
    change.why, change.after, change.state = worded(why), kept(facts), ChangeState.OFFICE_REVIEW
    change.proposed_by, change.proposed_at, change.reason = by.name, clock.now(), ""
    return _moved(change, "catalogue.change.proposed", by)


def approved(entry_id: UUID, by: Actor) -> EntryChange:
    entry = lock(entry_id)
    if not policy.may_approve(by, entry):
        raise Refused
    change = _in_review(entry, ChangeState.OFFICE_REVIEW)
    change.state, change.submitted_at = ChangeState.SUBMITTED, clock.now()
    return _moved(change, "catalogue.change.approved", by)


def sent_back(entry_id: UUID, reason: str, by: Actor) -> EntryChange:
    entry = lock(entry_id)
    if not (policy.may_approve(by, entry) or policy.may_publish(by)):
        raise Refused
    change = _in_review(entry, ChangeState.OFFICE_REVIEW, ChangeState.SUBMITTED)
    if not policy.may_send_back_change(by, change):
        raise Refused
    change.reason, change.state = worded(reason), ChangeState.RETURNED
    return _moved(change, "catalogue.change.sent_back", by)


def published(entry_id: UUID, by: Actor) -> EntryChange:
    """The entry says from now on what was reviewed; `before` keeps what it said until now."""
    entry = lock(entry_id)
    if not policy.may_publish(by):
        raise Refused
    change = _in_review(entry, ChangeState.SUBMITTED)
    facts = facts_in(change.after)
    if entry.state != State.PUBLISHED:
        raise NotPublished
    refuse_taken_title(entry, facts.title)
    change.before, change.since = kept(facts_of(entry)), said_since(entry)
    entry.reminded = ""  # it may have another day of review now
    rewrite(entry, facts)
    change.published_at, change.state = clock.now(), ChangeState.PUBLISHED
    return _moved(change, "catalogue.change.published", by)


def open_change(entry: Entry) -> EntryChange | None:
    return entry.changes.exclude(state=ChangeState.PUBLISHED).first()


def open_changes(entries: Iterable[Entry]) -> dict[int, EntryChange]:
    """By the entry's key: of many, in one query."""
    rows = EntryChange.objects.exclude(state=ChangeState.PUBLISHED)
    return {one.entry_id: one for one in rows.filter(entry__in=[entry.pk for entry in entries])}


def since_of(entries: Iterable[Entry]) -> dict[int, datetime]:
    """By key, of what is or was published: since when it says what it says now."""
    rows = Entry.objects.filter(pk__in=[entry.pk for entry in entries]).annotate(since=SINCE)
    return dict(rows.values_list("pk", "since"))


def said_since(entry: Entry) -> datetime:
    return since_of([entry])[entry.pk]


def _in_review(entry: Entry, *states: ChangeState) -> EntryChange:
    """The entry's lock is the change's lock: two heads cannot both agree."""
    change = open_change(entry)
    if change is None or change.state not in states:
        raise NotInReview
    return change


def _moved(change: EntryChange, action: str, by: Actor) -> EntryChange:
    change.reminded = ""
    change.save()
    audit.record(by=by, action=action, subject=change.entry.audit_subject)
    return change
