"""What an entry said when, who changed it, and what is proposed now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from diebian.base.directory.public import counties
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from . import policy
from .changes import open_change
from .facts import EntryFacts
from .models import ChangeState, Entry, EntryChange, State
from .snapshot import LABELS, Difference, differences, facts_in, facts_of, told
from .waiting import change_due


@dataclass(frozen=True)
class Proposal:
    state: str
    label: str
    why: str
    who: str
    at: datetime
    reason: str  # why it was sent back
    due: str
    differences: Sequence[Difference]
    may_approve: bool
    may_publish: bool
    may_mend: bool


@dataclass(frozen=True)
class Version:
    """`until` is None for what the entry says now; then nobody has replaced it."""

    number: int
    since: datetime | None
    until: datetime | None
    who: str
    why: str
    differences: Sequence[Difference]
    facts: EntryFacts

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(label, told(getattr(self.facts, name))) for name, label in LABELS.items()]


def proposal(by: Actor, entry: Entry) -> Proposal | None:
    change = open_change(entry)
    if entry.state != State.PUBLISHED:  # withdrawn meanwhile: nobody's turn
        return None
    if change is None or not policy.may_see_change(by, change):
        return None
    state = ChangeState(change.state)
    return Proposal(
        state=state,
        label=state.label,
        why=change.why,
        who=change.proposed_by,
        at=change.proposed_at,
        reason=change.reason,
        due=change_due(change),
        differences=list(differences(facts_of(entry), facts_in(change.after))),
        may_approve=state == ChangeState.OFFICE_REVIEW and policy.may_approve(by, entry),
        may_publish=state == ChangeState.SUBMITTED and policy.may_publish(by),
        may_mend=state == ChangeState.RETURNED and policy.may_edit(by, entry),
    )


def versions(entry: Entry) -> list[Version]:
    """Those that were replaced, newest first. What the entry says now is not among them."""
    rows = entry.changes.filter(state=ChangeState.PUBLISHED)
    return [_version(number, row) for number, row in enumerate(rows, start=1)][::-1]


def version(entry: Entry, number: int) -> Version:
    found = next((one for one in versions(entry) if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def county_name(entry: Entry) -> str:
    return counties().get(entry.county, "")


def _version(number: int, row: EntryChange) -> Version:
    before = facts_in(row.before)
    return Version(
        number=number,
        since=row.since,
        until=row.published_at,
        who=row.proposed_by,
        why=row.why,
        differences=list(differences(before, facts_in(row.after))),
        facts=before,
    )
