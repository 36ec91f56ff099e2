"""The working days that tests count in."""

from datetime import date, timedelta

from diebian.base.directory.public import load_working_days
from diebian.security.identity.public import PLATFORM


def a_calendar(first: date = date(2026, 10, 1), days: int = 92) -> None:
    """October to December of 2026 without a holiday: Monday to Friday are worked."""
    every = [first + timedelta(days=count) for count in range(days)]
    rows = [
        {"date": f"{day}", "is_workday": f"{int(day.weekday() < 5)}", "status": "official"}
        for day in every
    ]
    load_working_days(rows=rows, by=PLATFORM)
