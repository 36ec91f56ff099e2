"""How long a draft is kept that nobody hands in, with what was fetched for it.

个人信息保护法 第十九条: no longer than is needed; it names no days. A city says its own in
`city.yaml` (`draft_days`); where it says nothing, these of the project stand.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

LONGEST = 30  # days: beyond it nobody remembers having begun


class Whose(StrEnum):
    """As `draft_days` of a city names them."""

    OWN = "own"
    FOR_ANOTHER = "for_another"  # who is asked may have to come to a window first


USUAL: Mapping[Whose, int] = {Whose.OWN: 1, Whose.FOR_ANOTHER: 7}


def kept_for(whose: Whose, days: Mapping[str, int]) -> timedelta:
    """`days`: the city's own, by whose draft it is."""
    return timedelta(days=days.get(whose, USUAL[whose]))
