"""Who uses a resource. Components above register how to ask; the catalogue knows no name.

国务院令第809号 第二十七条: a provider neither stops nor changes what others use before it has
talked with them. So a mounting that takes something from them is refused with who they are, and
whoever holds a grant is told when its entry is withdrawn or changed.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.kernel.registry import Registry

from .models import Entry, Resource


@dataclass(frozen=True)
class Users:
    """All are asked with the keys of resources, for a whole page at once.

    `names`: by resource, who would lose something if it went. `losses`: what each of them would
    lose, in words, were it mounted with this contract. `reach`: by resource, keys of officials who
    answer for a use, each with the page where it is theirs.
    """

    slug: str
    names: Callable[[Sequence[int]], Mapping[int, Sequence[str]]]
    losses: Callable[[int, Mapping[str, Any]], Sequence[str]]
    reach: Callable[[Sequence[int]], Mapping[int, Mapping[str, str]]]


users = Registry[Users]("users of resources")


def names_of(resource: int) -> str:
    """Empty where nobody uses it."""
    return "、".join(dict.fromkeys(_names([resource]).get(resource, ())))


def losses_of(resource: int, contract: Mapping[str, Any]) -> str:
    """Empty where nobody loses anything."""
    return "；".join(told for one in users for told in one.losses(resource, contract))


def used_by(entries: Sequence[Entry]) -> dict[int, str]:
    """By the entry's key, who uses what is mounted behind it; without those that nobody uses."""
    behind = _entry_of_resource(entries)
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for resource, names in _names(list(behind)).items():
        found[behind[resource]] |= dict.fromkeys(names)
    return {entry: "、".join(names) for entry, names in found.items() if names}


def reached_by(entries: Sequence[Entry]) -> dict[int, dict[str, str]]:
    """By the entry's key, officials of the departments that use it, each with the page of a use."""
    behind = _entry_of_resource(entries)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for one in users if behind else ():
        for resource, pages in one.reach(list(behind)).items():
            found[behind[resource]] |= pages
    return found


def _names(resources: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in users if resources else ():
        for resource, names in one.names(resources).items():
            found[resource] += names
    return found


def _entry_of_resource(entries: Sequence[Entry]) -> dict[int, int]:
    rows = Resource.objects.filter(entry__in=entries).order_by("pk")
    return dict(rows.values_list("pk", "entry_id"))
