"""What it weighs that two values agree or do not: log₂(m/u), in hundredths, and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from .plan import Field, Kind, Plan


class Level(StrEnum):
    """One digit of a pair's `levels`."""

    UNKNOWN = "0"
    SAME = "1"
    NEAR = "2"
    DIFFERS = "3"


NEAR_WORDS = {
    Kind.NAME: "只差一个字",
    Kind.TEXT: "只差一个字",
    Kind.DATE: "只有年、月、日里的一处不同",
    Kind.PHONE: "后四位相同",
    Kind.DIVISION: "同一个县（市）区",
    Kind.ID_NUMBER: "只差一位",
    Kind.CREDIT_CODE: "只差一位",
    Kind.REGISTRATION: "只差一位",
    Kind.ORGANISATION: "只差一个字，或一个包含另一个",
    Kind.ADDRESS: "只差一个字，或一个包含另一个",
}


@dataclass(frozen=True)
class Weight:
    """“姓名相同 +6.2”."""

    words: str
    hundredths: int

    def __str__(self) -> str:
        return f"{self.words} {points(self.hundredths)}"


def points(hundredths: int) -> str:
    told = round(hundredths / 10)  # in tenths: whole numbers have no -0.0
    sign = "+" if told > 0 else "−" if told < 0 else ""
    return f"{sign}{abs(told) // 10}.{abs(told) % 10}"


def total(hundredths: int) -> str:
    """A sum or a threshold: without the sign that a weight has."""
    return points(hundredths).removeprefix("+")


def weights_of(field: Field) -> dict[Level, int]:
    """By level, hundredths. What is missing on a side says nothing."""
    m, u = 1 - field.same.m, 1 - field.same.u
    told = {Level.UNKNOWN: 0, Level.SAME: _weight(field.same.m, field.same.u)}
    if field.near is not None:
        told[Level.NEAR] = _weight(field.near.m, field.near.u)
        m, u = m - field.near.m, u - field.near.u
    return {**told, Level.DIFFERS: _weight(m, u)}


@dataclass(frozen=True)
class Counted:
    """What the base's own pairs say of a field, as weights in words. `pairs`: of the same."""

    same: str
    near: str
    differs: str
    pairs: int


def counted_weights(found: Mapping[str, Sequence[int]], *, has_near: bool) -> Counted | None:
    """`found`: `counting.counted` of a column. Nothing where there is nothing to count.

    Half a pair is added to each, so that what never happened is rare and not impossible. Without
    a declared near, near pairs do not agree.
    """
    (same, near, differs), others = found["m"], found["u"]
    if not same + near + differs or not sum(others):
        return None
    m, u = [same, near, differs], list(others)
    if not has_near:
        m, u = [m[0], m[1] + m[2]], [u[0], u[1] + u[2]]
    told = [_weight(_share(m, place), _share(u, place)) for place in range(len(m))]
    nearly = points(told[1]) if has_near else ""
    return Counted(points(told[0]), nearly, points(told[-1]), sum(m))


def _share(counts: Sequence[int], place: int) -> float:
    return (counts[place] + 0.5) / (sum(counts) + 0.5 * len(counts))


def explained(plan: Plan, levels: str) -> list[Weight]:
    """What each field added, in the declaration's order."""
    return [
        Weight(_words(plan, field, Level(level)), weights_of(field)[Level(level)])
        for field, level in zip(plan.fields, levels, strict=True)
    ]


def score_of(plan: Plan, levels: Sequence[str]) -> int:
    pairs = zip(plan.fields, levels, strict=True)
    return sum(weights_of(field)[Level(level)] for field, level in pairs)


def _words(plan: Plan, field: Field, level: Level) -> str:
    column = plan.column(field.column)
    told = {
        Level.UNKNOWN: "有一边没有",
        Level.SAME: "相同",
        Level.NEAR: NEAR_WORDS[Kind(column.kind)],
        Level.DIFFERS: "不同",
    }
    return f"{column.title}{told[level]}"


def _weight(m: float, u: float) -> int:
    return round(100 * log2(m / u))
