"""Dates, times and durations as FEEL writes them (ISO 8601, with zones by name), both ways.

Years from 1 to 9999 and microseconds: what the standard knows beyond that is `OutOfReach`.
"""

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from .refusals import Mistake, OutOfReach
from .values import Months

DATE = re.compile(r"(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)", re.ASCII)
TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,20}))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+/-]{1,60})?",
    re.ASCII,
)
DAYS = re.compile(
    r"(-?)P(?:(\d{1,12})D)?(?:T(?=\d)(?:(\d{1,12})H)?(?:(\d{1,12})M)?"
    r"(?:(\d{1,12})(?:\.(\d{0,20}))?S)?)?", re.ASCII
)  # fmt: skip
MONTHS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
FARTHEST = timedelta(hours=18)
DIGITS = 6
FARTHEST_YEAR, LAST_MONTH, LAST_DAY = 999_999_999, 12, 31
SECOND = timedelta(seconds=1)


def read_date(text: str) -> date:
    if not (found := DATE.fullmatch(text)):
        raise Mistake(f"“{text[:40]}”不是日期")
    sign, year, month, day = found.groups()
    return date_of(-int(year) if sign else int(year), int(month), int(day))


def date_of(year: int, month: int, day: int) -> date:
    is_standard = (
        0 < abs(year) <= FARTHEST_YEAR and 1 <= month <= LAST_MONTH and 1 <= day <= LAST_DAY
    )
    if is_standard and not MINYEAR <= year <= MAXYEAR:
        raise OutOfReach(f"公元 {year} 年")
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise Mistake(f"没有 {year} 年 {month} 月 {day} 日") from error


def read_time(text: str) -> time:
    if not (found := TIME.fullmatch(text)) or found[1] == "24":
        raise Mistake(f"“{text[:40]}”不是时刻")
    if found[5] and found[5].startswith("@"):
        _zone(found[5])
        raise OutOfReach("时刻只能带时差（如 +08:00），不能带时区名")
    return _clock(found)


def read_moment(text: str) -> datetime:
    """A date alone is its midnight; 24:00:00 is the midnight that follows."""
    day, mark, rest = text.partition("T")
    if not mark:
        return datetime.combine(read_date(text), time())
    if not (found := TIME.fullmatch(rest)):
        raise Mistake(f"“{text[:60]}”不是日期时间")
    begun = read_date(day)
    if found[1] != "24":
        return datetime.combine(begun, _clock(found))
    if any(int(part or 0) for part in found.group(2, 3, 4)):
        raise Mistake("24 点之后没有时刻")
    return datetime.combine(begun, time(tzinfo=_zone(found[5]))) + timedelta(days=1)


def read_duration(text: str) -> Months | timedelta:
    if text not in ("P", "-P"):
        if found := MONTHS.fullmatch(text):
            return months_of(_signed(found[1], int(found[2] or 0) * 12 + int(found[3] or 0)))
        if found := DAYS.fullmatch(text):
            return _days(found)
    raise Mistake(f"“{text[:40]}”不是时长")


def read_any(text: str) -> date | time | datetime | timedelta | Months:
    """What stands behind @."""
    if "P" in text[:2]:
        return read_duration(text)
    if "T" in text[:12] and DATE.match(text):
        return read_moment(text)
    return read_time(text) if ":" in text[:3] else read_date(text)


def months_of(count: int) -> Months:
    if abs(count) > 12 * 999_999_999:
        raise OutOfReach("时长过长")
    return Months(count)


def span(days: int = 0, seconds: Decimal | int = 0) -> timedelta:
    """Exact: seconds as a float would lose the microseconds of a long span."""
    try:
        whole = int(seconds)
        rest = int((Decimal(seconds) - whole) * 1_000_000)
        return timedelta(days=days, seconds=whole, microseconds=rest)
    except OverflowError as error:
        raise OutOfReach("时长过长") from error


def printed(value: date | time | datetime | timedelta | Months) -> str:
    if isinstance(value, timedelta):
        return _printed_days(value)
    if isinstance(value, Months):
        years, months = divmod(abs(value.count), 12)
        told = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{'-' if value.count < 0 else ''}P{told or '0M'}"
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{_printed_clock(value)}"
    return value.isoformat() if isinstance(value, date) else _printed_clock(value)


def offset_of(value: datetime | time) -> timedelta | None:
    return value.utcoffset()


def zone_name(value: datetime | time) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _clock(found: re.Match[str]) -> time:
    hour, minute, second, fraction, zone = found.groups()
    tells = _zone(zone)
    try:
        return time(int(hour), int(minute), int(second), _micro(fraction), tzinfo=tells)
    except ValueError as error:
        raise Mistake(f"没有 {hour}:{minute}:{second} 这个时刻") from error


def _micro(fraction: str | None) -> int:
    if fraction and fraction[DIGITS:].strip("0"):
        raise OutOfReach("秒的小数多于六位")
    return int((fraction or "").ljust(DIGITS, "0")[:DIGITS])


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (LookupError, ValueError, OSError) as error:
            raise Mistake(f"没有“{text[1:]}”这个时区") from error
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    far = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return zone_of(-far if text[0] == "-" else far)


def zone_of(far: timedelta) -> tzinfo:
    if abs(far) > FARTHEST:
        raise Mistake("时差不超过 18 小时")
    return timezone(far) if far else UTC


def _signed(sign: str, number: int) -> int:
    return -number if sign else number


def _days(found: re.Match[str]) -> timedelta:
    sign, days, hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    try:
        length = timedelta(days=int(days or 0), seconds=whole, microseconds=_micro(fraction))
        return -length if sign else length
    except OverflowError as error:
        raise OutOfReach("时长过长") from error


def _printed_days(value: timedelta) -> str:
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact = (
        f"{seconds}.{length.microseconds:06}".rstrip("0").rstrip(".")
        if length.microseconds
        else str(seconds)
    )
    told = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    told += f"{exact}S" if exact != "0" else ""
    days = f"{length.days}D" if length.days else ""
    body = days + (f"T{told}" if told else "")
    return f"{'-' if value < timedelta() else ''}P{body or 'T0S'}"


def _printed_clock(value: datetime | time) -> str:
    told = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    if value.microsecond:
        told += f".{value.microsecond:06}".rstrip("0")
    if name := zone_name(value):
        return f"{told}@{name}"
    far = value.utcoffset()
    if far is None:
        return told
    if not far:
        return f"{told}Z"
    minutes, seconds = divmod(abs(far) // SECOND, 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"{told}{'-' if far < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}{tail}"
