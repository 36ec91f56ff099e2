"""Where a column comes from and what is answered with it, as a picture drawn here.

Source column → lake column → whatever uses it: interfaces, bases and what they answer with,
comparisons, deliveries, open data. They tell so themselves (`lake.table_users`). An interface of
the same entry tells it in its contract (`reads`); where that says nothing, a field of the same
name is taken for the column, and the page says that it is a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from diebian.base.catalogue.public import Kind, ResourceLine, read_columns, resources_of
from diebian.base.lake.public import LakeTable, Use, uses_of

from .selectors import RuleLine

ROW, BOX, USED, GAP, HEAD, EDGE = 44, 240, 440, 90, 40, 10
MIDDLE, TEXT = 16, 21  # of a box: where a line meets it, where its words stand


@dataclass(frozen=True)
class End:
    """Who uses a column, and what it is called there. `code`: of an interface's column."""

    words: str
    href: str
    name: str
    code: str = ""
    is_guess: bool = False


@dataclass(frozen=True)
class LineageThread:
    column: str
    rules: int
    broken: int  # of these rules
    ends: Sequence[End]


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    words: str
    is_broken: bool = False
    width: int = BOX

    @property
    def text_at(self) -> tuple[int, int]:
        return self.x + 12, self.y + TEXT


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[str]  # paths


def threads_of(table: LakeTable, lines: Sequence[RuleLine]) -> list[LineageThread]:
    resources = resources_of(table.entry_id) if table.entry_id else []
    asked = [one for one in resources if one.kind == Kind.INTERFACE]
    ends = [end for one in asked for end in _answers(one, table)]
    ends += [end for use in uses_of(table.slug, but="quality") for end in _used(use)]
    return [_thread(column, lines, ends) for column in table.types]


def picture_of(threads: Sequence[LineageThread]) -> Picture:
    """Three columns of boxes; a lake column that several use takes more rows."""
    boxes: list[Box] = []
    lines: list[str] = []
    row = 0
    places = [EDGE + at * (BOX + GAP) for at in range(3)]
    for one in threads:
        y = HEAD + row * ROW
        boxes += [Box(places[0], y, one.column), Box(places[1], y, one.column, one.broken > 0)]
        lines.append(_path(places[0] + BOX, y, places[1], y))
        for at, end in enumerate(one.ends):
            below = y + at * ROW
            boxes.append(Box(places[2], below, f"{end.name}｜{end.words}", width=USED))
            lines.append(_path(places[1] + BOX, y, places[2], below))
        row += max(1, len(one.ends))
    return Picture(places[2] + USED + EDGE, HEAD + row * ROW, boxes, lines)


def _thread(
    column: str, lines: Sequence[RuleLine], ends: Sequence[tuple[str, End]]
) -> LineageThread:
    named = [line for line in lines if _names(line, column)]
    broken = [line for line in named if line.result and line.result.failed > line.rule.excused]
    own = [end for of, end in ends if of == column]
    return LineageThread(column, len(named), len(broken), own)


def _answers(resource: ResourceLine, table: LakeTable) -> list[tuple[str, End]]:
    """By the lake's column, in the order of the catalogue's items."""
    known = read_columns(resource, table.slug, table.types)
    theirs = {told.ours: (column, told) for column, told in known.items()}
    href = reverse("exchange:resource", args=[resource.slug])
    words = f"接口：{resource.title}"
    return [
        (column, End(words, href, line.name, line.column, not told.is_declared))
        for line in resource.columns
        if line.column in theirs
        for column, told in [theirs[line.column]]
    ]


def _used(use: Use) -> list[tuple[str, End]]:
    return [(column, End(use.words, use.href, use.names.get(column, column)))
            for column in sorted(use.columns)]  # fmt: skip


def _names(line: RuleLine, column: str) -> bool:
    told = line.rule.told
    own = [told.get(name) for name in ("column", "with_column", "when_column", "by")]
    return column in own or column in told.get("columns", [])


def _path(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (x + to_x) // 2
    start, end = y + MIDDLE, to_y + MIDDLE
    return f"M{x} {start} C{half} {start} {half} {end} {to_x} {end}"
