"""量: how many rows of a table, or bytes of a file, a grant gives in a day, a month or altogether.

What is used of it whoever delivers knows (`use_books`). Calls have their own number a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models

from diebian.kernel import clock

from .refusals import VolumeUnclear

MEGABYTE = 1024 * 1024


class Unit(models.TextChoices):
    ROWS = "rows", "行"
    BYTES = "bytes", "字节"


class Per(models.TextChoices):
    DAY = "day", "每天"
    MONTH = "month", "每月"
    TERM = "term", "授权期内一共"

    def begins(self, at: datetime) -> datetime | None:
        """Of the period in which `at` is; None: with the grant."""
        day = at.astimezone(clock.CITY_TIME).date()
        first = {Per.DAY: day, Per.MONTH: day.replace(day=1)}.get(self)
        return clock.midnight(first) if first else None

    def ends(self, at: datetime) -> datetime | None:
        """Exclusive; None: with the grant."""
        began = self.begins(at)
        if began is None:
            return None
        days = 1 if self == Per.DAY else 31
        later = began.date() + timedelta(days=days)
        return clock.midnight(later if self == Per.DAY else later.replace(day=1))


UNITS: Mapping[str, Unit] = {"table": Unit.ROWS, "file": Unit.BYTES}  # by kind of resource


@dataclass(frozen=True)
class Quantity:
    """As it is asked for; the kind of resource says its unit."""

    amount: int
    per: str


@dataclass(frozen=True)
class Volume:
    most: int
    unit: Unit
    per: Per
    valid_to: date  # of the grant

    @property
    def words(self) -> str:
        return f"{self.per.label}最多 {self.amount(self.most)}"

    def amount(self, number: int) -> str:
        """A number of its unit, in words; of bytes nothing is rounded away."""
        if self.unit == Unit.ROWS:
            return f"{number} 行"
        whole, rest = divmod(number, MEGABYTE)
        return f"{whole} MB" if whole and not rest else f"{number} 字节"

    @property
    def over(self) -> datetime:
        """The end of the grant."""
        return clock.midnight(self.valid_to + timedelta(days=1))

    def goes_on(self, at: datetime) -> datetime | None:
        """When there is some again; None: never under this grant."""
        return self.per.ends(at)

    def when(self, at: datetime) -> str:
        """The same as a sentence."""
        goes_on = self.goes_on(at)
        if goes_on is None:
            return "授权期内不会再有，还要用请重新申请"
        return f"{goes_on.astimezone(clock.CITY_TIME):%m-%d} 零点起重新计"


def check_quantity(kind: str, told: Quantity | None) -> None:
    """What a request may say of it. Raises `VolumeUnclear`."""
    if told is None:
        return
    if told.amount < 1 or told.per not in Per.values or kind not in UNITS:
        raise VolumeUnclear


def volume_of(kind: str, most: int | None, per: str, valid_to: date) -> Volume | None:
    return None if most is None else Volume(most, UNITS[kind], Per(per), valid_to)
