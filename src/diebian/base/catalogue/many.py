"""The same verbs for many at once. Each entry takes its own step in the trail, or says why not.

What cannot be done is left as it is and told; it stops none of the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused

from . import changes, policy, steps
from .models import Entry, EntryChange, State
from .reviews import OVERDUE
from .selectors import overdue_entries
from .telling import tell_moved
from .users import used_by

Step = Callable[[UUID], Entry | EntryChange]


@dataclass(frozen=True)
class Outcome:
    """`left`: title of each that was not done, and why."""

    done: int
    left: Sequence[tuple[str, str]] = ()


@transaction.atomic
def submit_many(
    *, entry_ids: Sequence[UUID], secrecy_reviewed: bool, privacy_assessed: bool, by: Actor
) -> Outcome:
    """One assessment for all of them: who submits says that each of them was assessed."""
    ticked = {"secrecy": secrecy_reviewed, "privacy": privacy_assessed}
    return _each(entry_ids, lambda one: steps.submitted(one, by, **ticked), by)


@transaction.atomic
def approve_many(*, entry_ids: Sequence[UUID], by: Actor) -> Outcome:
    """Entries, and changes of published ones: whichever waits for the head."""

    def step(one: UUID) -> Entry | EntryChange:
        return changes.approved(one, by) if _is_published(one) else steps.approved(one, by)

    return _each(entry_ids, step, by)


@transaction.atomic
def publish_many(*, entry_ids: Sequence[UUID], by: Actor) -> Outcome:
    def step(one: UUID) -> Entry | EntryChange:
        return changes.published(one, by) if _is_published(one) else steps.published(one, by)

    return _each(entry_ids, step, by)


@transaction.atomic
def review_many(*, entry_ids: Sequence[UUID], by: Actor) -> Outcome:
    return _each(entry_ids, lambda one: steps.reviewed(one, by), None)


@transaction.atomic
def discard_many(*, entry_ids: Sequence[UUID], by: Actor) -> Outcome:
    return _each(entry_ids, lambda one: steps.discarded(one, by), None)


def withdraw_overdue(*, by: Actor) -> int:
    """Published entries whose day of review is over and that nobody uses; returns how many.

    A transaction for each department: cut off half-way, nothing is lost, and nobody is told twice.
    """
    if not policy.may_remind(by):
        raise Refused
    overdue = list(overdue_entries())
    unused: dict[int, list[UUID]] = {}
    in_use = used_by(overdue)
    for entry in overdue:
        if entry.pk not in in_use:
            unused.setdefault(entry.provider_id, []).append(entry.public_id)
    return sum(_withdraw(found, by) for found in unused.values())


@transaction.atomic
def _withdraw(entry_ids: Sequence[UUID], by: Actor) -> int:
    return _each(entry_ids, lambda one: steps.withdrawn(one, OVERDUE, by), by).done


def _each(entry_ids: Sequence[UUID], step: Step, tells: Actor | None) -> Outcome:
    """`tells`: who did it, where somebody is to be told of it."""
    moved: list[Entry | EntryChange] = []
    left: list[tuple[str, str]] = []
    for entry_id in entry_ids:
        try:
            with transaction.atomic():
                moved.append(step(entry_id))
        except Refused:
            raise  # nothing of what is not theirs is told, and no list of ours offers it
        except DiebianError as error:
            left.append((_title(entry_id), error.told))
    if tells is not None:
        for kind in (Entry, EntryChange):
            tell_moved([one for one in moved if isinstance(one, kind)], tells)
    return Outcome(len(moved), left)


def _is_published(entry_id: UUID) -> bool:
    return Entry.objects.filter(public_id=entry_id, state=State.PUBLISHED).exists()


def _title(entry_id: UUID) -> str:
    found = Entry.objects.filter(public_id=entry_id).values_list("title", flat=True).first()
    return found or "已经不在的一条"
