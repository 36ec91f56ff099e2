"""The clock is stopped and goes on: special procedures by the reviewer, suspension by the head.

The person is told beforehand how long it takes (行政许可法 第四十五条), in the event itself.
"""

from django.db import transaction

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.scenes.services.actions.queueing import need_to_be_handled_here
from diebian.scenes.services.actions.rows import locked, move, need
from diebian.scenes.services.models import Case, State
from diebian.scenes.services.selectors import is_licensing
from diebian.security.identity.public import Actor, Refused
from diebian.standards.calendar import in_words
from diebian.standards.procedures import (
    GROUNDS,
    LONGEST_STOP,
    PROCEDURES,
    Ground,
    Procedure,
    SpecialProcedure,
)

from . import policy
from .refusals import BasisMissing, CauseUnknown, DaysWrong
from .wording import worded

LONGEST_BASIS = 60


@transaction.atomic
def begin_special_procedure(
    *, case_no: str, procedure: str, days: int, why: str, basis: str = "", by: Actor
) -> None:
    """特别程序. `basis`: the article of the item's own law, where it is no licence."""
    case = locked(case_no)
    _allow(policy.may_run_procedure(by, case))
    need(case, State.UNDER_REVIEW)
    need_to_be_handled_here(case, by)
    if procedure not in set(Procedure):
        raise CauseUnknown
    told = PROCEDURES[Procedure(procedure)]
    _check_days(days, told.bound.days if told.bound else LONGEST_STOP)
    reason = told_beforehand(told.title, why, days, _source(case, told, basis))
    move(case, State.SPECIAL, "paused", by, reason, cause=procedure, days=days)


@transaction.atomic
def end_special_procedure(*, case_no: str, outcome: str, by: Actor) -> None:
    """`outcome`: what came of it, in words for the person. The clock goes on tomorrow."""
    case = locked(case_no)
    _allow(policy.may_run_procedure(by, case))
    need(case, State.SPECIAL)
    move(case, State.UNDER_REVIEW, "resumed", by, worded(outcome))


@transaction.atomic
def suspend(*, case_no: str, ground: str, days: int, why: str, basis: str, by: Actor) -> None:
    """中止. `days`: after so many working days it is looked at again, and the person may ask."""
    case = locked(case_no)
    _allow(policy.may_decide(by, case))
    need(case, State.UNDER_REVIEW)
    need_to_be_handled_here(case, by)
    if ground not in set(Ground):
        raise CauseUnknown
    _check_days(days, LONGEST_STOP)
    reason = told_beforehand(GROUNDS[Ground(ground)], why, days, _basis(basis))
    move(case, State.SUSPENDED, "suspended", by, reason, cause=ground, days=days)


@transaction.atomic
def resume(*, case_no: str, why: str, by: Actor) -> None:
    case = locked(case_no)
    _allow(policy.may_decide(by, case))
    need(case, State.SUSPENDED)
    move(case, State.UNDER_REVIEW, "suspension_ended", by, worded(why))


def _allow(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused


def _check_days(days: int, most: int) -> None:
    if not 1 <= days <= most:
        raise DaysWrong(f"1 到 {most}")


def _source(case: Case, told: SpecialProcedure, basis: str) -> str:
    return told.source if is_licensing(case.version.facts) else _basis(basis)


def _basis(words: str) -> str:
    if not words.strip():
        raise BasisMissing
    return words.strip()[:LONGEST_BASIS]


def told_beforehand(title: str, why: str, days: int, source: str) -> str:
    """第四十五条: how long it takes is told in writing."""
    until = working_calendar().add(clock.today(), days)
    return f"{title}：{worded(why)}。预计需要 {days} 个工作日，到 {in_words(until)}。依据：{source}"
