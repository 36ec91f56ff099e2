"""Whether a table or a file is as new as its entry promises."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from diebian.base.catalogue.public import (
    Aspect,
    HealthSource,
    Kind,
    Reading,
    ResourceLine,
    resources_named,
)
from diebian.kernel import clock
from diebian.standards.freshness import ALLOWED, is_late
from diebian.standards.metadata import UpdateCycle

from .origins import moments_of, origin_of


def _fresh(slugs: Sequence[str]) -> Mapping[str, Reading]:
    found = [one for one in resources_named(slugs) if one.kind != Kind.INTERFACE]
    came = moments_of(one for one in found if one.kind == Kind.TABLE)
    return {one.slug: _reading(one, _moment(one, came)) for one in found}


def _moment(one: ResourceLine, came: Mapping[str, datetime | None]) -> datetime | None:
    """A table is as new as its last rows, a file as its last mounting."""
    if one.kind == Kind.TABLE:
        return came.get(one.slug)
    return one.mounted_at


def _reading(one: ResourceLine, at: datetime | None) -> Reading:
    done = origin_of(one).made if one.kind == Kind.TABLE else "上传"
    if at is None:
        return Reading(False, f"{one.title}：还没有{done}过")
    says = f"{one.title}：{at.astimezone(clock.CITY_TIME):%Y-%m-%d %H:%M} {done}"
    if UpdateCycle(one.cycle) not in ALLOWED:
        return Reading(True, f"{says}，没有约定更新周期")
    if is_late(at, one.cycle, clock.now()):
        return Reading(False, f"{says}，已超过写明的{one.update_cycle}更新")
    return Reading(True, f"{says}，在写明的{one.update_cycle}更新以内")


FRESH = HealthSource(slug="delivery-fresh", aspect=Aspect.FRESH, tell=_fresh)
