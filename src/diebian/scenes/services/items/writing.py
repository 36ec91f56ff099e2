"""How a version comes into force: the one before ends, the item's columns say what is new."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Max, Value
from django.db.models.functions import Greatest

from diebian.kernel import clock

from .facts import COLUMNS, ItemFacts, columns_of, kept
from .folder import Wanted
from .following import tell_followers
from .models import ItemVersion, ServiceItem, State

BY_FOLDER, WHY = "平台", "城市资料"
A_DAY = timedelta(days=1)
WRITTEN = (*COLUMNS, "department", "materials", "journey")


def take_in(wanted: Sequence[Wanted], departments: Mapping[str, int]) -> None:
    """Rows of the folder, each in force from today."""
    rows = [
        ServiceItem(
            code=one.code,
            digest=one.digest,
            journey=one.journey,
            **_of_item(one.facts, departments),
        )
        for one in wanted
    ]
    ServiceItem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*WRITTEN, "digest"],
    )
    keys = dict(
        ServiceItem.objects.filter(code__in=[one.code for one in wanted]).values_list("code", "pk")
    )
    numbers = _last_numbers(list(keys.values()))
    end(list(keys.values()))
    now, today = clock.now(), clock.today()
    ItemVersion.objects.bulk_create(
        ItemVersion(
            item_id=keys[one.code],
            number=numbers.get(keys[one.code], 0) + 1,
            document=kept(one.facts),
            journey=one.journey,
            state=State.IN_FORCE,
            why=WHY,
            written_by=BY_FOLDER,
            written_at=now,
            is_of_folder=True,
            valid_from=today,
        )
        for one in wanted
    )
    tell_followers(list(keys))


def put_in_force(version: ItemVersion, departments: Mapping[str, int]) -> None:
    """Of what was passed, on its day. Running cases keep the version that they began with."""
    end([version.item_id])
    version.state = State.IN_FORCE
    version.save(update_fields=["state"])
    item = version.item
    for name, value in _of_item(version.facts, departments).items():
        setattr(item, name, value)
    item.journey = version.journey
    item.save()
    tell_followers([item.code])


def end(items: Sequence[int]) -> None:
    """The version in force ends with yesterday; one that began today, with today."""
    rows = ItemVersion.objects.filter(item__in=items, state=State.IN_FORCE)
    last = Greatest(F("valid_from"), Value(clock.today() - A_DAY))
    rows.update(state=State.REPLACED, valid_until=last)


def next_number(item: ServiceItem) -> int:
    return _last_numbers([item.pk]).get(item.pk, 0) + 1


def _last_numbers(items: Sequence[int]) -> dict[int, int]:
    rows = ItemVersion.objects.filter(item__in=items).order_by()
    return dict(rows.values_list("item").annotate(Max("number")))


def _of_item(facts: ItemFacts, departments: Mapping[str, int]) -> dict[str, Any]:
    return {
        **columns_of(facts),
        "department_id": departments[facts.credit_code],
        "materials": facts.codes,
    }
