"""Checking: one pass over each table, in a process that has the lake open. Loads DuckDB."""

import time
from collections.abc import Iterator, Sequence

from diebian.base.lake.public import LakeTable, has_lake, lake_tables, open_lake
from diebian.kernel.progress import Progress, Report, quiet
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Rule, Run
from .refusals import NothingToCheck
from .settling import Outcome, settle
from .view import View

# Results are written together: a thousand small tables are not a thousand writes.
GROUP_SECONDS = 1.0
MEMORY = "900MB"
NOT_COLLECTED = "还没有归集过，湖里没有这张表"


def check(*, slugs: Sequence[str] = (), by: Actor, report: Report = quiet) -> list[Run]:
    """All rules of these tables, or of all tables that have rules; gives the runs.

    What is found is settled as it goes: killed, what was settled stays, and the rest is checked
    again by whoever comes next.
    """
    rules = rules_in_force(slugs)
    tables = [one for one in lake_tables(slugs) if one.number in rules]
    if not tables:
        raise NothingToCheck
    if not all(policy.may_check(by, one.department) for one in tables):
        raise Refused
    made: list[Run] = []
    waiting: list[Outcome] = []
    told_at, rows = time.monotonic(), 0
    for number, outcome in enumerate(_outcomes(tables, rules), start=1):
        waiting.append(outcome)
        rows += outcome.rows
        if number == len(tables) or time.monotonic() - told_at > GROUP_SECONDS:
            made += settle(outcomes=waiting, asked_by=by)
            waiting, told_at = [], time.monotonic()
            report(Progress(outcome.table.title, number, len(tables), rows))
    return made


def rules_in_force(slugs: Sequence[str] = ()) -> dict[int, list[Rule]]:
    """Of these tables, or of all, by the number of the table."""
    asked = Rule.objects.filter(ended_at=None).order_by("pk")
    if slugs:
        asked = asked.filter(collection__slug__in=slugs)
    told: dict[int, list[Rule]] = {}
    for rule in asked:
        told.setdefault(rule.collection_id, []).append(rule)
    return told


def _outcomes(tables: Sequence[LakeTable], rules: dict[int, list[Rule]]) -> Iterator[Outcome]:
    if not has_lake():
        yield from (Outcome(one, sentence=NOT_COLLECTED) for one in tables)
        return
    named = {str(rule.told.get("other", "")) for one in rules.values() for rule in one} - {""}
    others = {one.slug: one for one in lake_tables(sorted(named))} if named else {}
    with open_lake() as lake:
        lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
        view = View(lake, others)
        yield from (Outcome(one, sentence=NOT_COLLECTED) for one in tables if not view.has(one))
        yield from view.outcomes(
            [one for one in tables if view.has(one)],
            lambda one: view.asked(one, rules[one.number]),
        )
