"""One collection as the engine sees it: plain values, no rows of ours, fit for another thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .models import Collection, Mode, Run, SourceKind
from .names import PUSH
from .readers.protocol import Window
from .sources import SourcePlace, place_of
from .windows import MOMENTS, NUMBERS

OVERLAP_SECONDS = 300  # rows that are committed late carry an older moment


@dataclass(frozen=True)
class ColumnPlan:
    name: str
    type: str
    source_type: str = ""


@dataclass(frozen=True)
class Task:
    run_id: int
    collection_id: int
    slug: str
    title: str
    place: SourcePlace
    table: str
    lake_table: str
    mode: str
    key: tuple[str, ...]
    watermark_column: str
    watermark: str
    columns: tuple[ColumnPlan, ...]
    ignored: tuple[str, ...]
    options: Mapping[str, Any]
    minutes: int
    version: int = 1
    window_from: str = ""
    window_to: str = ""
    last: tuple[str, int] = ("", 0)  # checksum and rows of what the lake holds, where that is known
    is_doubtful: bool = False  # the last try failed: it comes after those that went well

    @property
    def is_back_fill(self) -> bool:
        return bool(self.window_from or self.window_to)

    @property
    def is_anew(self) -> bool:
        """Each batch takes the place of all that the table held: rows cannot be told apart."""
        is_whole = self.mode == Mode.FULL and not self.is_back_fill
        return is_whole and (not self.key or bool(self.options.get("whole_anew")))

    @property
    def types(self) -> dict[str, str]:
        return {one.name: one.type for one in self.columns}

    @property
    def extras(self) -> dict[str, str]:
        """Columns that are read to decide, and do not go into the lake."""
        wanted = {}
        if self.watermark_column and self.watermark_column not in self.types:
            wanted[self.watermark_column] = self.options.get("watermark_type", "BIGINT")
        if self.mode == Mode.CHANGES:
            wanted[str(self.options["op"])] = "VARCHAR"
        return wanted

    @property
    def watermark_type(self) -> str:
        return {**self.types, **self.extras}.get(self.watermark_column, "VARCHAR")

    @property
    def window(self) -> Window:
        if self.is_back_fill:
            return Window(self.watermark_column, self.window_from, self.window_to)
        if self.mode == Mode.FULL or not self.watermark:
            return Window()
        return Window(self.watermark_column, self._since())

    def _since(self) -> str:
        if self.place.kind == SourceKind.PUSH:
            return self.watermark
        overlap = self.options.get("overlap")
        if self.watermark_type in NUMBERS:
            return str(int(self.watermark) - int(overlap or 0))
        if self.watermark_type not in MOMENTS:
            return self.watermark
        back = timedelta(seconds=int(OVERLAP_SECONDS if overlap is None else overlap))
        return (datetime.fromisoformat(self.watermark) - back).isoformat(" ")


def task_of(run: Run, last: tuple[str, int] = ("", 0), *, is_doubtful: bool = False) -> Task:
    told: Collection = run.collection
    source = told.source
    return Task(
        run_id=run.pk,
        collection_id=told.pk,
        slug=told.slug,
        title=told.title,
        place=place_of(source),
        table=told.table,
        lake_table=told.lake_table,
        mode=told.mode,
        key=tuple(told.key),
        watermark_column=PUSH if source.kind == SourceKind.PUSH else told.watermark_column,
        watermark=told.watermark,
        columns=tuple(ColumnPlan(**one) for one in told.columns),
        ignored=tuple(told.ignored),
        options=told.options,
        minutes=told.minutes,
        version=told.version,
        window_from=run.window_from,
        window_to=run.window_to,
        last=last,
        is_doubtful=is_doubtful,
    )
