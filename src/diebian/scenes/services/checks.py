"""Declared checks over the departments' answers. A doubt goes to a person, not to a machine."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from diebian.standards.money import yuan

from .journey import Answers, Check, Journey, Row
from .models import Case

Facts = Mapping[str, str]  # `form.amount`, `applicant.name`


def facts_of(case: Case) -> dict[str, str]:
    """What a declaration may refer to."""
    told = {f"form.{name}": value for name, value in case.form.items()}
    return {"applicant.name": case.applicant_name} | told


def doubts(journey: Journey, answers: Answers, facts: Facts) -> list[str]:
    """In the city's words, in the order of its checks."""
    return [words for check in journey.checks for words in _failed(check, journey, answers, facts)]


def county(journey: Journey, answers: Answers, digits: int) -> str:
    """The division code where the case belongs, empty when no answer names one."""
    told = journey.county
    rows = answers.get(told.get("ask", ""), [])
    return rows[0].get(told["field"], "")[:digits] if rows else ""


def _failed(check: Check, journey: Journey, answers: Answers, facts: Facts) -> list[str]:
    rows = answers.get(check.ask, [])
    if not check.field:
        return [] if rows else [check.says]
    kind = journey.kind_of(check.ask, check.field)
    return [_worded(check.says, row) for row in rows if not _holds(check, row, kind, facts)]


def _holds(check: Check, row: Row, kind: str, facts: Facts) -> bool:
    value = row.get(check.field, "")
    if check.equals is not None:
        return value == facts.get(check.equals, check.equals)
    wanted = check.at_least or ""
    try:
        held = Decimal(yuan(Decimal(value))) if kind == "fen" else Decimal(value)
        return held >= Decimal(facts.get(wanted, wanted))
    except InvalidOperation:
        return False  # an answer that is no number settles nothing


def _worded(says: str, row: Row) -> str:
    for name, value in row.items():
        says = says.replace(f"{{{name}}}", value)
    return says
