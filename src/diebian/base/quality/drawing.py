"""The course of a score as a picture, drawn here: it works without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 600, 120, 12


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    says: str


@dataclass(frozen=True)
class Trend:
    """`floor` is the score at the lower edge: between 99 and 100 there is much to see."""

    points: Sequence[Point]
    floor: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        return " ".join(f"{one.x},{one.y}" for one in self.points)


def trend(scores: Sequence[tuple[str, Decimal]]) -> Trend | None:
    """From the oldest to the newest, each with its words; a single one is not a course."""
    if len(scores) < 2:  # noqa: PLR2004
        return None
    floor = min(90, int(min(score for _, score in scores)) // 10 * 10)
    step = (WIDTH - 2 * EDGE) / (len(scores) - 1)
    height = HEIGHT - 2 * EDGE
    points = [
        Point(
            round(EDGE + place * step),
            round(EDGE + height * float(100 - score) / (100 - floor)),
            f"{words}：{score} 分",
        )
        for place, (words, score) in enumerate(scores)
    ]
    return Trend(points, floor)
