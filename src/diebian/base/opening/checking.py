"""Could somebody be found among the rows? k-anonymity, counted over the lake's own table.

Rows are put together by all values that others may know of somebody (the quasi-identifying
columns, as coarse as they will be told). A group of fewer than k rows points at few: it has to
become coarser, or be left out. Columns of the same table that are open already count too: whoever
has both files puts them together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from diebian.base.lake.public import LakeTable, open_lake
from diebian.standards.opening import MOST_LEFT_OUT, SMALLEST_GROUP

from .coarse import told_as
from .columns import HOW_WORDS, How, OpenColumn
from .findings import Advice, Finding, in_words
from .refusals import NotCollected

SIZES_SHOWN = 10
MOST_ADVICE = 12
ROWS = "opening_rows"
MOSTLY = 0.5  # of the rows with a value of their own: then a column is like a number
MEASURES = ("DECIMAL", "DOUBLE", "FLOAT")
PLACES = ("地址", "坐落", "区划", "地点", "住所", "位置")
COARSER: Mapping[How, Sequence[How]] = {
    How.MONTH: [How.QUARTER, How.YEAR],
    How.QUARTER: [How.YEAR],
}


@dataclass(frozen=True)
class Question:
    """`others`: open data of the same table by name, with their quasi-identifying columns."""

    table: LakeTable
    columns: Sequence[OpenColumn]
    hows: Mapping[str, Sequence[How]]  # what each column may become
    counties: Mapping[str, str]
    about_people: bool
    leave_out: bool
    others: Mapping[str, Sequence[OpenColumn]]

    @property
    def quasi(self) -> list[OpenColumn]:
        return [one for one in self.columns if one.is_quasi] if self.about_people else []


def check(asked: Question) -> Finding:
    with open_lake() as lake:
        return check_in(lake, asked)


def check_in(lake: Any, asked: Question) -> Finding:
    """Really counts. Refuses when the table is not there, or has no rows."""
    if asked.table.name not in lake.tables():
        raise NotCollected
    snapshot = lake.snapshot()
    lake.read(asked.table.name, snapshot).create_view(ROWS)
    rows = _one(lake.duck, f"SELECT count(*) FROM {ROWS}")  # noqa: S608  our own name
    if not rows:
        raise NotCollected
    found = (
        _counted(lake.duck, asked, snapshot, rows)
        if asked.quasi
        else _harmless(asked, snapshot, rows)
    )
    return _with_numbers(found, _like_numbers(lake.duck, asked, rows))


def keys_of(asked: Question, quasi: Sequence[OpenColumn] | None = None) -> list[str]:
    """Expressions that put rows together: the own columns and those of `others`, each once."""
    own = asked.quasi if quasi is None else quasi
    told = [told_as(one, asked.counties) for one in own]
    told += [told_as(one, asked.counties) for columns in asked.others.values() for one in columns]
    return list(dict.fromkeys(told))


def _like_numbers(duck: Any, asked: Question, rows: int) -> list[str]:
    """Columns with a value of its own in most rows: a case number finds a row as well as a name."""
    if not asked.about_people:
        return []
    columns = [one for one in asked.columns if _may_be_number(one, asked.table)]
    if not columns:
        return []
    counts = ", ".join(f"count(DISTINCT {told_as(one, asked.counties)})" for one in columns)
    different = duck.execute(f"SELECT {counts} FROM {ROWS}").fetchone()  # noqa: S608
    pairs = zip(columns, different, strict=True)
    return [column.title for column, count in pairs if count > rows * MOSTLY]


def _may_be_number(column: OpenColumn, table: LakeTable) -> bool:
    is_measure = table.types.get(column.name, "").startswith(MEASURES)
    return not (column.is_quasi or column.how != How.AS_IS or is_measure)


def _with_numbers(found: Finding, columns: Sequence[str]) -> Finding:
    if not columns:
        return found
    listed = "、".join(f"“{one}”" for one in columns)
    says = f"{listed}几乎每行都不同，像编号：拿着它就能找到那一行。请不要开放，或改得粗一些。"
    return replace(found, is_good=False, says=f"{found.says}{says}")


def _counted(duck: Any, asked: Question, snapshot: int, rows: int) -> Finding:
    k = SMALLEST_GROUP.k
    groups = _groups(keys_of(asked))
    asked_sizes = f"SELECT n, count(*) FROM ({groups}) GROUP BY n ORDER BY n"  # noqa: S608
    sizes = [(int(size), int(count)) for size, count in duck.execute(asked_sizes).fetchall()]
    below = sum(size * count for size, count in sizes if size < k)
    finding = Finding(
        snapshot=snapshot,
        k=k,
        rows=rows,
        groups=sum(count for _, count in sizes),
        smallest=sizes[0][0],
        below=below,
        sizes=[one for one in sizes if one[0] < k][:SIZES_SHOWN],
        same=_same(duck, asked),
        together_with=list(asked.others),
        advice=_advice(duck, asked) if below else [],
        leaves_out=asked.leave_out,
        is_good=not below or (asked.leave_out and below <= rows * MOST_LEFT_OUT),
        says="",
    )
    return replace(finding, says=in_words(finding))


def _same(duck: Any, asked: Question) -> list[tuple[str, int]]:
    """k-anonymity does not hide what a whole group has in common: people have to look at that.

    One pass for all columns: a group says one thing where its least is its greatest.
    """
    columns = [one for one in asked.columns if not one.is_quasi]
    if not columns:
        return []
    told = [told_as(one, asked.counties) for one in columns]
    same = ", ".join(f"min({of}) = max({of}) AS s{place}" for place, of in enumerate(told))
    counts = ", ".join(f"count(*) FILTER (WHERE s{place})" for place in range(len(told)))
    keys = ", ".join(keys_of(asked))
    groups = f"SELECT {same} FROM {ROWS} GROUP BY {keys}"  # noqa: S608  quoted in `coarse`
    found = duck.execute(f"SELECT {counts} FROM ({groups})").fetchone()  # noqa: S608
    pairs = zip(columns, found, strict=True)
    return [(column.title, count) for column, count in pairs if count]


def _groups(keys: Sequence[str]) -> str:
    if not keys:
        return f"SELECT count(*) AS n FROM {ROWS}"  # noqa: S608  our own name
    listed = ", ".join(keys)
    return f"SELECT count(*) AS n FROM {ROWS} GROUP BY {listed}"  # noqa: S608  quoted in `coarse`


def _below(duck: Any, keys: Sequence[str]) -> int:
    k, groups = SMALLEST_GROUP.k, _groups(keys)
    return _one(duck, f"SELECT coalesce(sum(n), 0) FROM ({groups}) WHERE n < {k}")  # noqa: S608


def _advice(duck: Any, asked: Question) -> list[Advice]:
    """Each single step that could be taken, tried on the real rows; the best first."""
    told = []
    for column in asked.quasi:
        rest = [one for one in asked.quasi if one.name != column.name]
        told.append((f"不开放“{column.title}”", rest))
        for how, width, words in _coarser(column, asked.hows.get(column.name, ())):
            changed = replace(column, how=how, width=width)
            tried = [changed if one.name == column.name else one for one in asked.quasi]
            told.append((f"“{column.title}”{words}", tried))
    found = [
        Advice(says, _below(duck, keys_of(asked, tried))) for says, tried in told[:MOST_ADVICE]
    ]
    return sorted(found, key=lambda one: one.below)


def _coarser(column: OpenColumn, may: Sequence[How]) -> list[tuple[How, int, str]]:
    if column.how == How.BAND:
        return [(How.BAND, column.width * 5, f"每 {column.width * 5} 一档")]
    steps = COARSER.get(column.how, [how for how in may if how != How.AS_IS])
    if column.how not in {How.AS_IS, *COARSER}:
        return []
    odd = {How.BAND, How.FIRST}
    if not any(word in column.title for word in PLACES):
        odd.add(How.COUNTY)
    plain = [how for how in steps if how in may and how not in odd]
    return [(how, 0, HOW_WORDS[how]) for how in plain]


def _harmless(asked: Question, snapshot: int, rows: int) -> Finding:
    k = SMALLEST_GROUP.k
    says = f"共 {rows} 行。这张表的行不是关于个人的，不用算。"
    if asked.about_people:
        says = f"共 {rows} 行。没有别人可能知道的列：每一行看起来都一样，认不出谁。"
        if rows < k:
            says = f"只有 {rows} 行，少于 {k} 行，不能开放。"
    is_good = rows >= k or not asked.about_people
    return Finding(snapshot, k, rows, 1, rows, 0 if is_good else rows, [], [], [], [],
                   asked.leave_out, is_good, says)  # fmt: skip


def _one(duck: Any, asked: str) -> int:
    found = duck.execute(asked).fetchone()
    return int(found[0]) if found else 0
