"""Who uses which columns of a lake table. Components above register; the lake knows no name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Use:
    """`columns`: the lake's names that it reads; `names`: what some of them are called there."""

    words: str
    href: str
    columns: frozenset[str]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableUser:
    """`uses` is asked with the collection's slug and gives what still stands."""

    slug: str
    uses: Callable[[str], Sequence[Use]]


table_users: Registry[TableUser] = Registry("user of lake tables")


def uses_of(slug: str, *, but: str = "") -> list[Use]:
    """`but`: a user who does not ask about itself."""
    return [use for user in table_users if user.slug != but for use in user.uses(slug)]
