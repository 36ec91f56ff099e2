"""When a draft goes that nobody has handed in: a case's, or that of a theme."""

from datetime import datetime

from diebian.base.directory.public import draft_days
from diebian.standards.drafts import Whose, kept_for


def lapses_at(opened_at: datetime, whose: Whose = Whose.OWN) -> datetime:
    return opened_at + kept_for(whose, draft_days())
