"""One step of one entry: who may, what must be, the change, the line in the trail.

Nobody is told here. An action for one entry (`actions`) and one for many (`many`) take the same
steps and tell each person once, of one entry or of a hundred.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from diebian.base.directory.public import county_of
from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import policy
from .agreeing import refuse_disagreeing
from .changes import said_since
from .facts import EntryFacts
from .models import ChangeState, Entry, EntryChange, State
from .refusals import (
    AssessmentMissing,
    ItemsMissing,
    NotADraft,
    NotInReview,
    NotPublished,
    TitleTaken,
)
from .reviews import next_review
from .rows import columns_of, lock, refuse_taken_title, replace_items, rewrite, worded
from .snapshot import facts_in, facts_of, kept

SENT_BACK_FROM = {State.OFFICE_REVIEW, State.SUBMITTED}
WRITTEN_IN = {State.DRAFT, State.WITHDRAWN}
DRAFTED_AGAIN = "目录撤销后重新起草"


def drafted(facts: EntryFacts, by: Actor) -> Entry:
    """A title that was withdrawn is drafted again as the same entry: its history goes on."""
    if not policy.may_draft(by):
        raise Refused
    refuse_disagreeing(facts.items)
    provider, told = department_key(by), {**columns_of(facts), "county": county_of(by.department)}
    entry, is_new = Entry.objects.get_or_create(
        provider_id=provider, title=facts.title, defaults=told
    )
    if is_new:
        replace_items(entry, facts)
        return _written(entry, "catalogue.entry.drafted", by)
    if entry.state != State.WITHDRAWN:
        raise TitleTaken
    return edited(entry.public_id, facts, by)


def edited(entry_id: UUID, facts: EntryFacts, by: Actor) -> Entry:
    """Of a draft; of what was withdrawn, it becomes a draft again."""
    entry = lock(entry_id)
    if not policy.may_edit(by, entry):
        raise Refused
    if entry.state not in WRITTEN_IN:
        raise NotADraft
    refuse_disagreeing(facts.items)
    refuse_taken_title(entry, facts.title)
    if entry.state == State.WITHDRAWN:
        _draft_again(entry, by)
    rewrite(entry, facts)
    return _written(entry, "catalogue.entry.edited", by)


def discarded(entry_id: UUID, by: Actor) -> Entry:
    """A draft that was never published is gone; one drafted again is withdrawn as it was."""
    entry = lock(entry_id)
    if not policy.may_edit(by, entry):
        raise Refused
    if entry.state != State.DRAFT:
        raise NotADraft
    audit.record(by=by, action="catalogue.entry.discarded", subject=entry.audit_subject)
    if entry.before is None:
        entry.delete()
        return entry
    facts = facts_in(entry.before)
    refuse_taken_title(entry, facts.title)
    entry.reason, entry.before, entry.state = entry.before["reason"], None, State.WITHDRAWN
    rewrite(entry, facts)
    return entry


def submitted(entry_id: UUID, by: Actor, *, secrecy: bool, privacy: bool) -> Entry:
    """The data manager has assessed it, and says so with name and date (809号令 第十三条)."""
    entry = lock(entry_id)
    if not policy.may_edit(by, entry):
        raise Refused
    if entry.state != State.DRAFT:
        raise NotADraft
    if not (secrecy and privacy):
        raise AssessmentMissing
    if not entry.items.exists():
        raise ItemsMissing
    entry.assessed_by, entry.assessed_on, entry.reason = by.name, clock.today(), ""
    return _moved(entry, State.OFFICE_REVIEW, "catalogue.entry.assessed", by)


def approved(entry_id: UUID, by: Actor) -> Entry:
    entry = lock(entry_id)
    if not policy.may_approve(by, entry):
        raise Refused
    if entry.state != State.OFFICE_REVIEW:
        raise NotInReview
    entry.submitted_at = clock.now()
    return _moved(entry, State.SUBMITTED, "catalogue.entry.approved", by)


def sent_back(entry_id: UUID, reason: str, by: Actor) -> Entry:
    """To its author, with what is to be mended. The assessment has to be made again."""
    entry = lock(entry_id)
    if not policy.may_send_back(by, entry):
        raise Refused
    if entry.state not in SENT_BACK_FROM:
        raise NotInReview
    entry.reason = worded(reason)
    entry.assessed_by, entry.assessed_on = "", None
    return _moved(entry, State.DRAFT, "catalogue.entry.sent_back", by)


def published(entry_id: UUID, by: Actor) -> Entry:
    """What was drafted again keeps what it said before as a version."""
    entry = lock(entry_id)
    if not policy.may_publish(by):
        raise Refused
    if entry.state != State.SUBMITTED:
        raise NotInReview
    now = clock.now()
    if entry.before is not None:
        _keep_version(entry, entry.before, now)
    entry.published_at, entry.before = now, None
    return _moved(entry, State.PUBLISHED, "catalogue.entry.published", by)


def withdrawn(entry_id: UUID, reason: str, by: Actor) -> Entry:
    entry = lock(entry_id)
    if not policy.may_withdraw(by, entry):
        raise Refused
    if entry.state != State.PUBLISHED:
        raise NotPublished
    entry.reason = worded(reason)
    return _moved(entry, State.WITHDRAWN, "catalogue.entry.withdrawn", by)


def reviewed(entry_id: UUID, by: Actor) -> Entry:
    """复核: what it says is still right. The day of the next review is all that changes."""
    entry = lock(entry_id)
    if not policy.may_review(by, entry):
        raise Refused
    if entry.state != State.PUBLISHED:
        raise NotPublished
    entry.review_due = next_review()
    return _moved(entry, State.PUBLISHED, "catalogue.entry.reviewed", by)


def _draft_again(entry: Entry, by: Actor) -> None:
    """A change that was under way when it was withdrawn is its author's again."""
    entry.before = {**kept(facts_of(entry)), "reason": entry.reason}
    entry.reason, entry.assessed_by, entry.assessed_on = "", "", None
    entry.state = State.DRAFT
    under_way = entry.changes.exclude(state=ChangeState.PUBLISHED)
    under_way.update(state=ChangeState.RETURNED, reason=DRAFTED_AGAIN)
    audit.record(by=by, action="catalogue.entry.redrafted", subject=entry.audit_subject)


def _keep_version(entry: Entry, before: dict[str, Any], now: datetime) -> None:
    EntryChange.objects.create(
        entry=entry,
        why=f"撤销后重新发布。撤销的理由：{before['reason']}"[:300],
        before=before,
        after=kept(facts_of(entry)),
        state=ChangeState.PUBLISHED,
        proposed_by=entry.assessed_by,
        proposed_at=now,
        published_at=now,
        since=said_since(entry),
    )


def _moved(entry: Entry, to: State, action: str, by: Actor) -> Entry:
    entry.state, entry.reminded = to, ""
    entry.save()
    return _written(entry, action, by)


def _written(entry: Entry, action: str, by: Actor) -> Entry:
    audit.record(by=by, action=action, subject=entry.audit_subject)
    return entry
