"""ISO 8601 durations, as far as they have one length: days, hours, minutes, seconds."""

import re
from datetime import timedelta

SHAPE = re.compile(
    r"P(?:(?P<weeks>\d{1,3})W|(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?)?)"
)


def duration(text: str) -> timedelta | None:
    """None where it is none, or nothing. A month has no length before one knows which."""
    found = SHAPE.fullmatch(text.strip())
    told = {
        name: int(value) for name, value in (found.groupdict() if found else {}).items() if value
    }
    return timedelta(**told) if any(told.values()) else None
