"""What is known of a use that no gateway saw, by whoever delivered it: no name is known here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from diebian.base.exchange.grants.terms import GrantTerms
from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Used:
    """One use: who took how much, what for."""

    by: str
    purpose: str
    columns: tuple[str, ...]  # names
    amount: str
    link: str


@dataclass(frozen=True)
class UseBook:
    """`tell`: a use by its kind and number (`uses.count_use`); None: another book's. `used`: by
    grant how much of its volume is taken in the running period.
    """

    slug: str
    tell: Callable[[int, int], Used | None]
    used: Callable[[Sequence[GrantTerms]], Mapping[int, int]]


use_books = Registry[UseBook]("use book")


def use_told(kind: int, number: int) -> Used | None:
    return next((told for book in use_books if (told := book.tell(kind, number))), None)


def volumes_used(terms: Sequence[GrantTerms]) -> dict[int, int]:
    return {grant: used for book in use_books for grant, used in book.used(terms).items()}
