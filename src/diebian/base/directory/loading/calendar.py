from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from diebian.base.directory.changes import Change, Verb
from diebian.base.directory.models import CalendarDay
from diebian.standards.profile import Row

WORK = {True: "上班", False: "休息"}
FIRM = {True: "正式", False: "暂定"}


def load_calendar(rows: Iterable[Row], *, dry_run: bool) -> list[Change]:
    """The yearly notice. A day known already follows the newer notice; none is taken away."""
    known = {row.day: row for row in CalendarDay.objects.all()}
    wanted = [_day(row) for row in rows]
    changed = [
        day for day in wanted if day.day not in known or _facts(known[day.day]) != _facts(day)
    ]
    if not dry_run and changed:
        CalendarDay.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["is_workday", "is_official"],
        )
    return list(_told(changed, known))


def _day(row: Row) -> CalendarDay:
    return CalendarDay(
        day=date.fromisoformat(row["date"]),
        is_workday=row["is_workday"] == "1",
        is_official=row["status"] == "official",
    )


def _facts(day: CalendarDay) -> tuple[bool, bool]:
    return day.is_workday, day.is_official


def _told(changed: list[CalendarDay], known: dict[date, CalendarDay]) -> Iterator[Change]:
    """New years in one line each, changed days one by one."""
    for year, count in sorted(Counter(d.day.year for d in changed if d.day not in known).items()):
        yield Change(Verb.NEW, f"工作日历 {year} 年 {count} 天")
    firm: Counter[tuple[int, bool]] = Counter()
    for day in changed:
        if day.day not in known:
            continue
        was = known[day.day]
        if was.is_workday != day.is_workday:
            subject, words = f"工作日历 {day.day}", (WORK[was.is_workday], WORK[day.is_workday])
            yield Change(Verb.CHANGED, subject, "安排", *words)
        if was.is_official != day.is_official:
            firm[day.day.year, day.is_official] += 1
    for (year, is_firm), count in sorted(firm.items()):
        subject = f"工作日历 {year} 年 {count} 天"
        yield Change(Verb.CHANGED, subject, "效力", FIRM[not is_firm], FIRM[is_firm])
