"""Where a column comes from and where it is answered with, as a picture drawn here.

Source column → lake column → column of an interface. The last step is known where the contract of
an interface of the same entry reads a field of the same name: the department's system answers
from the table that was collected. Where no contract says so, the thread ends in the lake.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.base.catalogue.public import ResourceLine, resources_of
from diebian.base.lake.public import LakeTable

from .selectors import RuleLine

ROW, BOX, GAP, HEAD, EDGE = 44, 240, 90, 40, 10
MIDDLE, TEXT = 16, 21  # of a box: where a line meets it, where its words stand


@dataclass(frozen=True)
class End:
    """A column that an interface answers with, and what the catalogue calls it."""

    resource: str
    column: str
    item: str


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

    @property
    def text_at(self) -> tuple[int, int]:
        return self.x + 12, self.y + TEXT


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[str]  # paths
    box_width: int = BOX


def threads_of(table: LakeTable, lines: Sequence[RuleLine]) -> list[LineageThread]:
    resources = resources_of(table.entry_id) if table.entry_id else []
    return [_thread(column, lines, resources) for column in table.types]


def picture_of(threads: Sequence[LineageThread]) -> Picture:
    """Three columns of boxes; a lake column that several interfaces answer with takes more rows."""
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
            boxes.append(Box(places[2], below, f"{end.item}（{end.column}）"))
            lines.append(_path(places[1] + BOX, y, places[2], below))
        row += max(1, len(one.ends))
    return Picture(places[2] + BOX + EDGE, HEAD + row * ROW, boxes, lines)


def _thread(
    column: str, lines: Sequence[RuleLine], resources: Sequence[ResourceLine]
) -> LineageThread:
    named = [line for line in lines if _names(line, column)]
    broken = [line for line in named if line.result and line.result.failed > line.rule.excused]
    ends = [
        End(resource.title, told.column, told.name)
        for resource in resources
        for told in resource.columns
        if resource.contract["fields"].get(told.column) == column
    ]
    return LineageThread(column, len(named), len(broken), ends)


def _names(line: RuleLine, column: str) -> bool:
    told = line.rule.told
    own = [told.get(name) for name in ("column", "with_column", "when_column", "by")]
    return column in own or column in told.get("columns", [])


def _path(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (x + to_x) // 2
    start, end = y + MIDDLE, to_y + MIDDLE
    return f"M{x} {start} C{half} {start} {half} {end} {to_x} {end}"
