"""What governance knows of an entry: whether its tables are right by their rules, and on time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from diebian.base.catalogue.public import (
    Aspect,
    HealthSource,
    Kind,
    Panel,
    Reading,
    resources_named,
)
from diebian.base.lake.public import lake_tables_of_entries
from diebian.kernel import clock
from diebian.security.identity.public import Actor
from diebian.standards.freshness import ALLOWED, is_late
from diebian.standards.metadata import UpdateCycle

from . import policy
from .models import Run
from .selectors import GOOD, last_runs, mark_of


def _correct(slugs: Sequence[str]) -> Mapping[str, Reading]:
    """By the last run of each table that is collected for the entry of such a resource."""
    checked = Run.objects.filter(collection__entry__resources__slug__in=slugs)
    pairs = set(checked.values_list("collection__entry__resources__slug", "collection"))
    runs = last_runs(sorted({collection for _, collection in pairs}))
    told: dict[str, list[Run]] = {}
    for slug, collection in sorted(pairs):
        told.setdefault(slug, []).append(runs[collection])
    return {slug: _reading(told[slug]) for slug in slugs if slug in told}


def _reading(runs: Sequence[Run]) -> Reading:
    scored = [one for one in runs if one.score is not None]
    if not scored:
        return Reading(None, "；".join(dict.fromkeys(one.sentence for one in runs)) or "没有查成")
    worst = min(scored, key=lambda one: one.score or 0)
    day = worst.started_at.astimezone(clock.CITY_TIME)
    return Reading((worst.score or 0) >= GOOD, f"质量 {worst.score} 分，{day:%Y-%m-%d} 按规则查过")


def _fresh(slugs: Sequence[str]) -> Mapping[str, Reading]:
    """Of interfaces: by the last batch of each table that is collected for the same entry.

    Mounted tables and files say it of themselves.
    """
    answering = [one for one in resources_named(slugs) if one.kind == Kind.INTERFACE]
    entries = {one.slug: one.entry_id for one in answering}
    tables = [one for one in lake_tables_of_entries(entries.values()) if one.update_cycle]
    told: dict[str, Reading] = {}
    for slug, entry in entries.items():
        own = [one.collected_at for one in tables if one.entry_id == entry]
        cycles = [one.update_cycle for one in tables if one.entry_id == entry]
        if own and cycles[0] in ALLOWED:
            told[slug] = _freshness(own, UpdateCycle(cycles[0]))
    return told


def _freshness(collected: Sequence[datetime | None], cycle: UpdateCycle) -> Reading:
    """The oldest counts; of a table that never came nothing is known yet."""
    promise, known = f"写的是{cycle.label}更新", [one for one in collected if one is not None]
    if len(known) < len(collected):
        return Reading(None, f"{promise}，还没有归集过")
    oldest = min(known)
    day = oldest.astimezone(clock.CITY_TIME)
    return Reading(not is_late(oldest, cycle, clock.now()), f"{promise}，{day:%Y-%m-%d} 归集过")


def _context(entry_id: UUID, by: Actor) -> dict[str, Any]:
    rows = Run.objects.filter(collection__entry__public_id=entry_id).select_related(
        "collection__source__department"
    )
    runs = list(rows.order_by("collection", "-pk").distinct("collection"))
    return {
        "lines": [
            (run, mark_of(run), policy.may_see(by, run.collection.source.department.credit_code))
            for run in runs
        ]
    }


SOURCES = (
    HealthSource(slug="quality-scores", aspect=Aspect.CORRECT, tell=_correct),
    HealthSource(slug="quality-promises", aspect=Aspect.FRESH, tell=_fresh),
)
PANEL = Panel(slug="quality", template="quality/entry_panel.html", context=_context)
