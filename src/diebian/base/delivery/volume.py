"""量: how much of a grant's volume is taken, as the books of deliveries and downloads say it.

Nothing is counted twice: what is used is the sum of the rows of runs and downloads that began in
the running period. A batch writes its rows into its own run before they are in (`reserve`): they
count while it is under way and when it is in, and no more when it failed. Whoever takes some holds
the grant's row, so that two at once do not both take the last.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum

from diebian.base.exchange.public import GrantTerms, Per, Unit, Volume, hold
from diebian.kernel import clock

from .models import DeliveryRun, Download, State
from .refusals import GrantOver, VolumeUsed

TAKING = (State.RUNNING, State.DONE)


def used_by(terms: Sequence[GrantTerms], at: datetime | None = None) -> dict[int, int]:
    """By grant, of those that have a volume: as many questions for a hundred as for one."""
    at = at or clock.now()
    told: dict[int, int] = {}
    for per in Per:
        group = {one.grant: one.volume for one in terms if one.volume and one.volume.per == per}
        if not group:
            continue
        former = {one.renews: one.grant for one in terms if one.grant in group and one.renews}
        whose = {**(former if per != Per.TERM else {}), **{grant: grant for grant in group}}
        told |= _summed(whose, group, per.begins(at), per.ends(at))
    return told


def used(terms: GrantTerms, at: datetime | None = None) -> int:
    return used_by([terms], at).get(terms.grant, 0)


def check(terms: GrantTerms, wanted: int | None, at: datetime, *, own: int = 0) -> None:
    """With the grant's row in hand, but for None: whether any is left, before all is read. `own`:
    of what is used that much is of this very use. Raises `VolumeUsed`.
    """
    volume = terms.volume
    if volume is None:
        return
    taken = used(terms, at) - own
    if taken >= volume.most if wanted is None else taken + wanted > volume.most:
        raise VolumeUsed(_says(volume, taken, wanted, at), goes_on=volume.goes_on(at))


@transaction.atomic
def reserve(run: DeliveryRun, terms: GrantTerms, rows: int) -> None:
    if not hold(terms):
        raise GrantOver
    check(terms, rows, run.started_at, own=run.written)
    run.written = rows
    run.save(update_fields=["written"])


def _summed(
    whose: Mapping[int, int],
    group: Mapping[int, Volume],
    since: datetime | None,
    until: datetime | None,
) -> dict[int, int]:
    """`whose`: by the grant in the books the one that it counts for."""
    runs = DeliveryRun.objects.filter(delivery__grant__in=whose, state__in=TAKING)
    got = Download.objects.filter(grant__in=whose)
    sums: dict[int, int] = defaultdict(int)
    for grant, rows in (
        _within(runs, "started_at", since, until)
        .order_by()
        .values_list("delivery__grant")
        .annotate(of=Sum("written"))
    ):
        sums[whose[grant]] += rows
    counted = _within(got, "at", since, until).order_by().values_list("grant")
    for grant, rows, size in counted.annotate(rows_=Sum("rows"), size_=Sum("size")):
        is_rows = group[whose[grant]].unit == Unit.ROWS
        sums[whose[grant]] += (rows or 0) if is_rows else size
    return {grant: sums[grant] for grant in group}


def _within(
    rows: QuerySet[Any], name: str, since: datetime | None, until: datetime | None
) -> QuerySet[Any]:
    if since is not None:
        rows = rows.filter(**{f"{name}__gte": since})
    return rows.filter(**{f"{name}__lt": until}) if until is not None else rows


def _says(volume: Volume, taken: int, wanted: int | None, at: datetime) -> str:
    """What there was, what was wanted, and when it goes on."""
    left = max(0, volume.most - taken)
    says = f"{volume.words}，已用 {volume.amount(taken)}，还剩 {volume.amount(left)}"
    if wanted is None:
        return f"{says}；{volume.when(at)}"
    says = f"{says}，这次要 {volume.amount(wanted)}"
    if wanted > volume.most:
        return f"{says}；一次就超过了全部，等也不够，请申请更大的量"
    return f"{says}；{volume.when(at)}"
