"""What can become of a licence, and what cannot: of those issued here and of those collected.

`prepared → in_force ⇄ suspended → revoked | cancelled | superseded | void`. That it has expired is
told from its last day, it is nobody's act. Who is at an end stays there: another is a new version.
"""

from datetime import date

from django.db import models


class State(models.TextChoices):
    IN_FORCE = "in_force", "有效"
    SUSPENDED = "suspended", "已暂扣"
    REVOKED = "revoked", "已吊销或撤销"
    CANCELLED = "cancelled", "已注销"
    SUPERSEDED = "superseded", "已换发新版"
    VOID = "void", "发错作废"


class Doubt(models.TextChoices):
    """Why a collected licence is not used at the moment, whatever its state."""

    ABSENT = "absent", "颁发部门的数据里现在没有这一行"
    FAULT = "fault", "颁发部门的数据有错，等它改正"


ENDS = (State.REVOKED, State.CANCELLED, State.SUPERSEDED, State.VOID)
TURNS = {
    State.IN_FORCE: {State.SUSPENDED, *ENDS},
    State.SUSPENDED: {State.IN_FORCE, *ENDS},
}
EXPIRED = "已过期"


def may_turn(was: str, now: str) -> bool:
    return State(now) in TURNS.get(State(was), set())


def told_state(state: str, until: date | None, doubt: str, today: date) -> str:
    """In one word for people, as it stands on that day. The last day is still a good one."""
    if doubt:
        return "待核实"
    if state == State.IN_FORCE and until is not None and until < today:
        return EXPIRED
    return str(State(state).label)


def is_usable(state: str, until: date | None, doubt: str, today: date) -> bool:
    return told_state(state, until, doubt, today) == State.IN_FORCE.label
