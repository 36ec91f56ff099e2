"""Working days, from the yearly notice of the State Council with its 调休. No notice, no guess."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from diebian.kernel.errors import DiebianError

WEEKDAYS = "一二三四五六日"


def in_words(day: date) -> str:
    """12 月 9 日（周三）: a date that a person can plan with."""
    return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


class UnknownYear(DiebianError):
    code, status, title = "calendar.unknown_year", 500, "这一年的放假安排尚未录入，期限不能猜"


@dataclass(frozen=True)
class WorkingCalendar:
    """`days` says for each known date whether work is done on it."""

    days: Mapping[date, bool]
    provisional_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day not in self.days:
            raise UnknownYear(f"{day.year}")
        return self.days[day]

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which never counts (民法典 第二百零一条)."""
        self.is_workday(day)
        place = bisect_right(self._workdays, day) - 1 + count
        if place >= len(self._workdays):
            raise UnknownYear(f"{day} + {count}")
        return self._workdays[place] if count else day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`."""
        self.is_workday(end)
        return max(0, bisect_right(self._workdays, end) - bisect_right(self._workdays, start))

    def back(self, day: date, count: int) -> date:
        """The first day from which `day` is no more than `count` working days away."""
        self.is_workday(day)
        place = bisect_right(self._workdays, day) - 1 - count
        if place < 0:
            raise UnknownYear(f"{day} - {count}")
        return self._workdays[place]

    def on_or_after(self, day: date) -> date:
        """A period that ends on a day off ends on the next working day (民法典 第二百零三条)."""
        self.is_workday(day)
        place = bisect_left(self._workdays, day)
        if place == len(self._workdays):
            raise UnknownYear(f"{day.year}")
        return self._workdays[place]

    @cached_property
    def _workdays(self) -> list[date]:
        return sorted(day for day, works in self.days.items() if works)
