"""Who uses a resource. Components above register how to ask; the catalogue knows no name.

国务院令第809号 第二十七条: a provider neither stops nor changes what others use before it has
talked with them. So a mounting that takes something from them is refused with who they are, and
whoever holds a grant is told when its entry is withdrawn or changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.kernel.registry import Registry

from .models import Entry, Resource


@dataclass(frozen=True)
class Users:
    """All are asked with the keys of resources.

    `names`: who would lose something if it went. `losses`: what each of them would lose, in words,
    were it mounted with this contract. `reach`: keys of officials who answer for a use, each with
    the page where it is theirs.
    """

    slug: str
    names: Callable[[int], Sequence[str]]
    losses: Callable[[int, Mapping[str, Any]], Sequence[str]]
    reach: Callable[[Sequence[int]], Mapping[str, str]]


users = Registry[Users]("users of resources")


def names_of(resource: int) -> str:
    """Empty where nobody uses it."""
    return "、".join(dict.fromkeys(name for one in users for name in one.names(resource)))


def losses_of(resource: int, contract: Mapping[str, Any]) -> str:
    """Empty where nobody loses anything."""
    return "；".join(told for one in users for told in one.losses(resource, contract))


def reached_by(entries: Sequence[Entry]) -> dict[str, str]:
    """Officials of the departments that use what is mounted behind these entries."""
    keys = list(Resource.objects.filter(entry__in=entries).values_list("pk", flat=True))
    found: dict[str, str] = {}
    for one in users if keys else ():
        found |= one.reach(keys)
    return found


def used_by(entry: Entry) -> str:
    """Of all that is mounted behind it; empty where nobody uses any of it."""
    names = (names_of(one.pk) for one in entry.resources.all())
    return "、".join(dict.fromkeys(filter(None, names)))
