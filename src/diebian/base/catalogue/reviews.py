"""复核: a provider says from time to time that its entries are still right.

No law sets the day: 国务院令第809号 第十七条 asks for a change within ten working days of the fact,
and withdraws nothing because time has passed. The day is this project's means of finding entries
that nobody looks after. So whoever has to act is reminded for a month, and an entry that another
department uses is never withdrawn by the calendar (第二十七条: not without talking to them).
"""

from datetime import date, timedelta

from diebian.kernel import clock
from diebian.standards.dues import Due

A_YEAR, AHEAD = timedelta(days=365), timedelta(days=30)
OVERDUE = "复核期限已过，没有复核"
SOURCE = "本平台的规定"


def next_review() -> date:
    return clock.today() + A_YEAR


def review_due(on: date) -> Due:
    return Due("复核", on, clock.today() > on, SOURCE)
