"""Whoever decides after the promised day says why (优化营商环境条例 第三十六条).

The kind of reason is public and counted; the words go to the person.
"""

from dataclasses import dataclass

from diebian.scenes.services import refusals
from diebian.scenes.services.models import Case, Overran
from diebian.scenes.services.selectors import clock_of
from diebian.security.identity.public import Actor

from .rows import happened

LONGEST = 300


@dataclass(frozen=True)
class Overrun:
    cause: str = ""
    words: str = ""


NONE = Overrun()


def explain_if_late(case: Case, overrun: Overrun, by: Actor) -> None:
    """Before the decision is written; nothing is asked where it comes in time."""
    if not clock_of(case).is_past_promise:
        return
    if overrun.cause not in set(Overran) or not overrun.words.strip():
        raise refusals.OverrunUnexplained
    happened(case, "overran", by, overrun.words.strip()[:LONGEST], cause=overrun.cause)
