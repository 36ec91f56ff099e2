"""The ledger's history: a row for each day on which it changed, with what changed it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from diebian.kernel import clock
from diebian.scenes.services.models import LedgerDay
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from .pairs import Pair, pairs
from .policy import may_keep

FIRST, NAMED = "开始记台账", 5


@transaction.atomic
def keep_ledger(*, by: Actor) -> LedgerDay | None:
    """As it stands now. Kept twice a day, it is one row; None where nothing changed."""
    if not may_keep(by):
        raise Refused
    told = {one.key: one for one in pairs()}
    demanded = sorted(key for key, one in told.items() if one.resolved.is_demanded)
    rows = LedgerDay.objects.select_for_update().order_by("-day")
    newest = rows.first()
    if newest is not None and newest.open_pairs == demanded:
        return None
    before = rows.filter(day__lt=clock.today()).first()
    kept, _ = LedgerDay.objects.update_or_create(
        day=clock.today(),
        defaults={
            "demanded": len(demanded),
            "spared": len(told) - len(demanded),
            "brought": sum(told[key].cases for key in demanded),
            "open_pairs": demanded,
            "changes": _changes(before, demanded, told),
            "kept_at": clock.now(),
        },
    )
    audit.record(by=by, action="services.ledger.kept", subject=f"ledger:{kept.day}")
    return kept


def _changes(
    before: LedgerDay | None, demanded: Iterable[str], told: Mapping[str, Pair]
) -> list[str]:
    if before is None:
        return [FIRST]
    was, now = set(before.open_pairs), set(demanded)
    return [
        *_sentences("不用再交", [told[key] for key in sorted(was - now) if key in told]),
        *_sentences("又要交", [told[key] for key in sorted(now - was)]),
        *_gone([key for key in sorted(was - now) if key not in told]),
    ]


def _sentences(what: str, changed: Iterable[Pair]) -> Iterable[str]:
    """One for each paper and reason: a grant answers many items at once."""
    heaps: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for one in changed:
        heaps[one.name, one.resolved.reason].append(one)
    for (name, reason), heap in heaps.items():
        named = "、".join(f"“{one.item_name}”" for one in heap[:NAMED])
        more = f"等 {len(heap)} 个事项" if len(heap) > NAMED else ""
        yield f"{named}{more}{what}“{name}”：{reason}"


def _gone(keys: Iterable[str]) -> Iterable[str]:
    count = len(list(keys))
    if count:
        yield f"{count} 处随事项停办或改版不再要"
