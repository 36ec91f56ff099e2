"""What governance knows of an entry: whether its content is right, by the rules of its tables."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from diebian.base.catalogue.public import Aspect, HealthSource, Panel, Reading
from diebian.kernel import clock
from diebian.security.identity.public import Actor

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


SOURCE = HealthSource(slug="quality-scores", aspect=Aspect.CORRECT, tell=_correct)
PANEL = Panel(slug="quality", template="quality/entry_panel.html", context=_context)
