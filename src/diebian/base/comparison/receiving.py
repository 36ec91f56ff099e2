"""Whom a correction concerns because the value was compared: the department that had it done."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.corrections.public import Corrected, Had, Receivers
from diebian.security.tracker.public import was_among

from .models import Comparison, Run

RUNS_IN_WORDS = 5


def _found(told: Corrected) -> Sequence[Had]:
    """Of runs in which this person was compared: whoever is not told of in them had nothing."""
    tables = Q(comparison__left__entry__public_id=told.entry)
    tables |= Q(comparison__right__entry__public_id=told.entry)
    for side in ("left", "right"):
        tables |= Q(**{f"comparison__{side}_request__resource__slug__in": told.resources})
    runs = Run.objects.filter(tables).select_related("comparison__consumer").order_by("pk")
    reading = {run.reading: run for run in runs.distinct()}
    compared: dict[int, list[Run]] = defaultdict(list)
    for name in was_among(subject=told.subject, request_ids=reading):
        compared[reading[name].comparison_id].append(reading[name])
    return [_had(found[0].comparison, found) for _, found in sorted(compared.items())]


def _had(one: Comparison, runs: Sequence[Run]) -> Had:
    numbers = sorted(run.number for run in runs)
    listed = "、".join(str(number) for number in numbers[-RUNS_IN_WORDS:])
    more = "等" if len(numbers) > RUNS_IN_WORDS else ""
    return Had(
        department=one.consumer.credit_code,
        words=f"比对“{one.title}”第 {listed} 次{more}比过它，要按改好的办，请再比一次",
        href=reverse("comparison:comparison", args=[one.slug]),
    )


RECEIVERS = Receivers(slug="comparison", found=_found)
