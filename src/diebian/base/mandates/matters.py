"""What a mandate can be about. Whoever has such matters puts a shelf here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Matter:
    """`field`: credit code of the body that decides it. `asks_herself`: the giver's own true will
    is asked as well, so a mandate for a whole field does not reach it (老年人权益保障法
    第五十五条).
    """

    code: str
    name: str
    field: str
    field_name: str
    asks_herself: bool = False


@dataclass(frozen=True)
class Shelf:
    """`find`: by what people call it; `of`: by code, in any order; `fields`: code to name."""

    slug: str
    find: Callable[[str], Sequence[Matter]]
    of: Callable[[Iterable[str]], Sequence[Matter]]
    fields: Callable[[], Mapping[str, str]]


shelves = Registry[Shelf]("shelf of matters")


def found(words: str) -> list[Matter]:
    return [one for shelf in shelves for one in shelf.find(words)] if words.strip() else []


def named(codes: Iterable[str]) -> list[Matter]:
    """Those that exist, each once, in the order in which they were named."""
    asked = list(dict.fromkeys(codes))
    known = {one.code: one for shelf in shelves for one in shelf.of(asked)}
    return [known[code] for code in asked if code in known]


def fields() -> dict[str, str]:
    """Credit code to name of the bodies, by name."""
    told = {code: name for shelf in shelves for code, name in shelf.fields().items()}
    return dict(sorted(told.items(), key=lambda one: one[1]))
