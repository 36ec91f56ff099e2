"""Ladders of reminders: each rung of a row is told of once, and higher ones reach more people."""

from typing import Any, Protocol

from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Post, officials_holding
from diebian.standards.calendar import WorkingCalendar
from diebian.standards.dues import Due, new_rung


class Climbing(Protocol):
    """A row that keeps how far up its ladder it is."""

    reminded: Any

    def save(self, *, update_fields: list[str]) -> None: ...


def climbed(
    row: Climbing,
    due: Due,
    calendar: WorkingCalendar,
    *,
    action: str,
    subject: str,
    by: Actor,
) -> str:
    """The rung that nobody was told of yet, from now on the row's; the trail has it as
    `ACTION_RUNG`. Empty where there is none.
    """
    rung = new_rung(due, row.reminded, calendar)
    if rung:
        row.reminded = rung
        row.save(update_fields=["reminded"])
        audit.record(by=by, action=f"{action}_{rung}", subject=subject)
    return rung


def office_at(rung: str, department: str) -> list[str]:
    """Keys of those whom a rung reaches: the data manager, on the last day the head as well, then
    the authority.
    """
    keys = officials_holding(Post.DATA_MANAGER, department=department)
    if rung != "near":
        keys += officials_holding(Post.DATA_HEAD, department=department)
    if rung == "late":
        keys += officials_holding(Post.AUTHORITY)
    return keys
