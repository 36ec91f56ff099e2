"""Whose turn it is, and until when."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from diebian.base.directory.public import working_calendar
from diebian.security.identity.public import Actor, Post
from diebian.standards.calendar import WorkingCalendar, in_words
from diebian.standards.dues import Due, due_after
from diebian.standards.sharing import CHANGE, PUBLICATION

from .models import ChangeState, Entry, EntryChange, State


@dataclass(frozen=True)
class Waiting:
    """An entry that waits for the reader's own decision."""

    id: UUID
    title: str
    provider: str
    state: str
    until: str  # in words; empty where no law sets a day


def waiting_for(by: Actor) -> list[Waiting]:
    """Entries whose next step is the reader's: head, authority, or the author of a draft."""
    own = Q(provider__credit_code=by.department)
    wanted = change = Q(pk__in=[])
    if by.department and by.holds(Post.DATA_HEAD):
        wanted |= own & Q(state=State.OFFICE_REVIEW)
        change |= _of_own(by) & Q(state=ChangeState.OFFICE_REVIEW)
    if by.department and by.holds(Post.DATA_MANAGER):
        wanted |= own & Q(state=State.DRAFT) & ~Q(reason="")
        change |= _of_own(by) & Q(state=ChangeState.RETURNED)
    if by.holds(Post.AUTHORITY):
        wanted |= Q(state=State.SUBMITTED)
        change |= Q(state=ChangeState.SUBMITTED)
    entries = Entry.objects.filter(wanted).select_related("provider")
    changes = EntryChange.objects.filter(change, entry__state=State.PUBLISHED)
    changes = changes.select_related("entry__provider")
    calendar = working_calendar()
    return [
        *(
            Waiting(
                row.public_id,
                row.title,
                row.provider.name,
                State(row.state).label,
                publication_due(row, calendar),
            )
            for row in entries.order_by("submitted_at", "pk")
        ),
        *(
            Waiting(
                row.entry.public_id,
                row.entry.title,
                row.entry.provider.name,
                f"变更{ChangeState(row.state).label}",
                change_due(row, calendar),
            )
            for row in changes.order_by("submitted_at", "pk")
        ),
    ]


def publication_due(entry: Entry, calendar: WorkingCalendar | None = None) -> str:
    return _in_words(due_of_entry(entry, calendar or working_calendar()))


def change_due(change: EntryChange, calendar: WorkingCalendar | None = None) -> str:
    """The authority's; a head's is not shown, for the law's days began before the proposal."""
    is_authoritys = change.state == ChangeState.SUBMITTED
    due = due_of_change(change, calendar or working_calendar()) if is_authoritys else None
    return _in_words(due)


def due_of_entry(entry: Entry, calendar: WorkingCalendar) -> Due | None:
    """The authority's two working days (809号令 第十七条), while they run."""
    if entry.state != State.SUBMITTED or entry.submitted_at is None:
        return None
    return due_after("发布", entry.submitted_at, PUBLICATION, calendar)


def due_of_change(change: EntryChange, calendar: WorkingCalendar) -> Due | None:
    """The authority's; before that the department's ten from the fact (809号令 第十七条).

    When the fact changed nobody tells us: it was before the proposal, so these are the most.
    """
    if change.state == ChangeState.OFFICE_REVIEW:
        return due_after("审核", change.proposed_at, CHANGE, calendar)
    if change.state != ChangeState.SUBMITTED or change.submitted_at is None:
        return None
    return due_after("发布", change.submitted_at, PUBLICATION, calendar)


def _in_words(due: Due | None) -> str:
    return in_words(due.on) if due and due.on else ""


def _of_own(by: Actor) -> Q:
    return Q(entry__provider__credit_code=by.department)
