"""From what is proposed, or open, to what has to be counted."""

from collections.abc import Sequence

from diebian.base.directory.public import counties
from diebian.base.lake.public import LakeTable, lake_table

from .checking import Question
from .columns import OpenColumn, TableLines, column_in, lines_of
from .models import Dataset, State


def asked_of(
    *, table: LakeTable, lines: TableLines, columns: Sequence[OpenColumn], about_people: bool,
    leave_out: bool, but: Dataset | None = None,
) -> Question:  # fmt: skip
    """`but`: the dataset itself, when it is open already."""
    return Question(
        table=table,
        columns=columns,
        hows={line.name: line.hows for line in lines.columns},
        counties=counties(),
        about_people=about_people,
        leave_out=leave_out,
        others=_others(table, but) if about_people else {},
    )


def question_of(dataset: Dataset) -> Question:
    table = lake_table(dataset.collection.slug)
    return asked_of(
        table=table,
        lines=lines_of(dataset.entry, table),
        columns=columns_of(dataset),
        about_people=dataset.about_people,
        leave_out=dataset.leave_out_small,
        but=dataset,
    )


def columns_of(dataset: Dataset) -> list[OpenColumn]:
    return [column_in(one) for one in dataset.columns]


def _others(table: LakeTable, but: Dataset | None) -> dict[str, list[OpenColumn]]:
    """Open data of the same table: whoever has two files of one table puts them together."""
    rows = Dataset.objects.filter(collection=table.number, state=State.PUBLISHED, about_people=True)
    rows = rows.exclude(pk=but.pk) if but else rows
    told = {one.title: [column for column in columns_of(one) if column.is_quasi] for one in rows}
    return {title: columns for title, columns in told.items() if columns}
