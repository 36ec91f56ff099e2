"""Who uses which columns of a lake table. Components above register; the lake knows no name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Use:
    """`columns`: the lake's names that it reads."""

    words: str
    href: str
    columns: frozenset[str]


@dataclass(frozen=True)
class TableUser:
    """`uses` is asked with the collection's slug and gives what still stands."""

    slug: str
    uses: Callable[[str], Sequence[Use]]


table_users: Registry[TableUser] = Registry("user of lake tables")


def uses_of(slug: str) -> list[Use]:
    return [use for user in table_users for use in user.uses(slug)]
