"""A number of months on, as a grant's period is asked for."""

import calendar
from datetime import date

MONTHS_A_YEAR = 12


def months_on(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month (民法典 第二百零二条)."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
