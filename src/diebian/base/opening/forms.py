"""What a data manager fills in to open a table: a form, and a line for each column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from diebian.standards.metadata import UpdateCycle
from diebian.standards.opening import LICENCES

from .columns import HOW_WORDS, NO_NUMBERS, ColumnLine, How, OpenColumn, TableLines
from .facts import (
    LONGEST_COLUMN,
    LONGEST_MEANING,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    DatasetFacts,
)
from .models import Dataset
from .questions import columns_of

LONGEST_WIDTH = 10


class DatasetForm(forms.Form):
    title = forms.CharField(
        label="名称", max_length=LONGEST_TITLE, help_text="老百姓看得懂的名称，不写内部简称"
    )
    summary = forms.CharField(
        label="说明",
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用大白话写：一行是什么，从哪里来，有什么要注意",
    )
    licence = forms.ChoiceField(
        label="使用许可", choices=[(one.slug, one.title) for one in LICENCES.values()]
    )
    update_cycle = forms.ChoiceField(label="多久更新", choices=UpdateCycle.choices)
    about_people = forms.BooleanField(
        label="一行说的是一个人，或与某个人有关的事",
        required=False,
        help_text="勾上就要算一算：凭别人可能知道的列，会不会认出谁",
    )
    leave_out_small = forms.BooleanField(
        label="人数太少的组，略去不开放", required=False, help_text="公开页上会写明略去多少行"
    )


@dataclass(frozen=True)
class Row:
    """One column on the page, with what was sent or what is proposed beforehand."""

    place: int
    line: ColumnLine
    is_chosen: bool
    title: str
    meaning: str
    how: str
    width: str
    is_quasi: bool
    is_summed: bool

    @property
    def may_sum(self) -> bool:
        return self.line.type not in NO_NUMBERS

    @property
    def hows(self) -> list[tuple[str, str]]:
        return [(one.value, HOW_WORDS[one]) for one in self.line.hows]


def rows_from(lines: TableLines, told: Mapping[str, str]) -> list[Row]:
    """`told` is a request's POST; columns are told by their place, never by a name."""
    return [
        Row(
            place=place,
            line=line,
            is_chosen=f"c{place}-in" in told,
            title=told.get(f"c{place}-title", "")[:LONGEST_COLUMN],
            meaning=told.get(f"c{place}-meaning", "")[:LONGEST_MEANING],
            how=told.get(f"c{place}-how", How.AS_IS),
            width=told.get(f"c{place}-width", "")[:LONGEST_WIDTH],
            is_quasi=f"c{place}-quasi" in told,
            is_summed=f"c{place}-sum" in told,
        )
        for place, line in enumerate(lines.columns)
    ]


def rows_before(lines: TableLines, was: Dataset | None) -> list[Row]:
    """All that may be opened is ticked; likely ways to know somebody again are, too."""
    before = {one.name: one for one in columns_of(was)} if was else {}
    return [_before(place, line, before, was) for place, line in enumerate(lines.columns)]


def _before(
    place: int, line: ColumnLine, before: Mapping[str, OpenColumn], was: Dataset | None
) -> Row:
    known = before.get(line.name)
    if known is None:
        is_in = was is None and not line.reasons
        return Row(place, line, is_in, line.title, "", How.AS_IS, "", line.is_likely_quasi, False)
    width = str(known.width or "")
    return Row(
        place, line, True, known.title, known.meaning, known.how, width, known.is_quasi,
        known.is_summed,
    )  # fmt: skip


def columns_in(rows: Sequence[Row]) -> list[OpenColumn]:
    return [
        OpenColumn(
            name=row.line.name,
            title=row.title.strip() or row.line.title,
            meaning=row.meaning.strip(),
            how=How(row.how) if row.how in set(How) else How.AS_IS,
            width=int(row.width) if row.width.isascii() and row.width.isdecimal() else 0,
            is_quasi=row.is_quasi,
            is_summed=row.is_summed,
        )
        for row in rows
        if row.is_chosen
    ]


def facts_in(form: DatasetForm, rows: Sequence[Row]) -> DatasetFacts:
    told: dict[str, Any] = dict(form.cleaned_data)
    cycle = UpdateCycle(told.pop("update_cycle"))
    return DatasetFacts(columns=columns_in(rows), update_cycle=cycle, **told)


def initial_of(entry: Any, was: Dataset | None, lines: TableLines) -> dict[str, Any]:
    if was is not None:
        names = DatasetForm.base_fields
        return {name: getattr(was, name) for name in names}
    return {
        "title": entry.title,
        "summary": entry.summary,
        "update_cycle": entry.update_cycle,
        "about_people": lines.must_check,
    }
