"""Released rows as CKAN's `datastore_search` asks for them, by the slug of any offer."""

from uuid import UUID

from diebian.base.catalogue.public import (
    OpenTable,
    QuestionWrong,
    RowAnswer,
    RowQuestion,
    RowSource,
)
from diebian.base.lake.public import quoted
from diebian.kernel.errors import DiebianError

from .offers import API
from .rows import Cut, counted, opened, rows_in
from .shown import FORMATS, Released, released

MOST_CHARACTERS = 16_000_000  # of one answer: `datastore_search` promises as many rows as asked
ENDINGS = {*FORMATS, API}


def _find(slug: str) -> OpenTable | None:
    """None where it is no offer of ours, or not open at this moment."""
    key, _, ending = slug.rpartition("-")
    if ending not in ENDINGS:
        return None
    try:
        _, release = released(UUID(key))
    except (ValueError, DiebianError):
        return None
    types = {one["name"]: one["type"] for one in release.columns}
    return OpenTable(slug, types, lambda asked: _read(release, asked))


def _read(release: Released, asked: RowQuestion) -> RowAnswer:
    cut = _cut(release, asked)
    with opened(release) as duck:
        total = counted(duck, release, cut) if asked.is_counted else None
        rows, told = [], 0
        for row in rows_in(duck, cut):
            told += sum(len(value) for value in row if isinstance(value, str))
            if told > MOST_CHARACTERS:
                raise QuestionWrong("limit", "These rows are too long: ask for fewer")
            rows.append(row)
    return RowAnswer(rows, total)


def _cut(release: Released, asked: RowQuestion) -> Cut:
    """A value that is none of its column's type finds nothing, as with CKAN."""
    types = {one["name"]: one["type"] for one in release.columns}
    clauses, values = [], list[str]()
    for name, wanted in asked.filters.items():
        given = [str(one) for one in wanted if one is not None]
        marks = ", ".join([f"TRY_CAST(? AS {types[name]})"] * len(given))
        parts = [f"{quoted(name)} IN ({marks})"] if given else []
        parts += [f"{quoted(name)} IS NULL"] if None in wanted else []
        clauses.append(f"({' OR '.join(parts) or 'false'})")
        values += given
    order = [f"{quoted(name)}{' DESC' if down else ''} NULLS LAST" for name, down in asked.order]
    return Cut(asked.columns, asked.limit, asked.offset, clauses, values, order, asked.is_counted)


SOURCE = RowSource(slug="opening", find=_find)
