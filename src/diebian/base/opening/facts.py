"""What a data manager says when proposing to open a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from diebian.standards.metadata import UpdateCycle
from diebian.standards.opening import LICENCES

from .columns import MOST_WIDTH, NEEDS_WIDTH, NO_NUMBERS, How, OpenColumn, TableLines
from .reading import NUMBER
from .refusals import ColumnNotOpen, FactsUnclear, NothingChosen
from .safe import LIKE_A_FORMULA

RESERVED = {"limit", "offset", NUMBER}  # what the API, or the file's reader, means by these words
FORMULA = re.compile(LIKE_A_FORMULA)
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_COLUMN, LONGEST_MEANING = 200, 1000, 60, 200


@dataclass(frozen=True)
class DatasetFacts:
    title: str
    summary: str
    licence: str
    columns: Sequence[OpenColumn]
    update_cycle: UpdateCycle = UpdateCycle.IRREGULAR
    about_people: bool = True
    leave_out_small: bool = False


def refuse_faults(facts: DatasetFacts, lines: TableLines) -> None:
    """Whatever cannot be opened is refused, whoever asks: a form may be forged."""
    if lines.reasons:
        raise ColumnNotOpen("；".join(lines.reasons))
    if not facts.columns:
        raise NothingChosen
    known = {line.name: line for line in lines.columns}
    for column in facts.columns:
        line = known.get(column.name)
        if line is None:
            raise ColumnNotOpen(f"表里没有列“{column.name[:LONGEST_COLUMN]}”")
        if line.reasons:
            raise ColumnNotOpen(f"“{line.title}”：{'；'.join(line.reasons)}")
        if column.how not in line.hows:
            raise ColumnNotOpen(f"“{line.title}”不能改成这样")
        if column.how in NEEDS_WIDTH and not 0 < column.width <= MOST_WIDTH:
            raise FactsUnclear(f"“{line.title}”：请写明{NEEDS_WIDTH[column.how]}，是一个正整数")
        if column.is_summed and (line.type in NO_NUMBERS or column.how != How.AS_IS):
            raise FactsUnclear(f"“{line.title}”：只有原样开放的数才能合计")
    _refuse_words(facts)
    if lines.must_check and not facts.about_people:
        raise FactsUnclear("这条目录里有个人信息，行是关于个人的，要算一算能不能认出人")


def kept(facts: DatasetFacts) -> dict[str, Any]:
    """As the columns of the row."""
    return {
        "title": facts.title.strip(),
        "summary": facts.summary.strip(),
        "licence": facts.licence,
        "update_cycle": facts.update_cycle,
        "about_people": facts.about_people,
        "leave_out_small": facts.leave_out_small,
        "columns": [asdict(one) for one in facts.columns],
    }


def _refuse_words(facts: DatasetFacts) -> None:
    faults = list(_faults_of_words(facts))
    titles = [one.title.strip() for one in facts.columns]
    faults += [f"列的名称“{one[:20]}”{says}" for one in titles for says in _faults_of_title(one)]
    if len({title.lower() for title in titles}) < len(titles):
        faults.append("有两列用了同一个名称")
    if faults:
        raise FactsUnclear("；".join(dict.fromkeys(faults)))


def _faults_of_words(facts: DatasetFacts) -> Iterator[str]:
    if not 0 < len(facts.title.strip()) <= LONGEST_TITLE:
        yield f"名称应有 1 到 {LONGEST_TITLE} 个字"
    if not 0 < len(facts.summary.strip()) <= LONGEST_SUMMARY:
        yield f"说明应有 1 到 {LONGEST_SUMMARY} 个字，让外行也看得懂"
    if facts.licence not in LICENCES:
        yield "请选一个使用许可"
    if any(len(one.meaning) > LONGEST_MEANING for one in facts.columns):
        yield f"列的说明最多 {LONGEST_MEANING} 个字"


def _faults_of_title(title: str) -> Iterator[str]:
    """A column's public name goes into files, addresses and heads of tables."""
    if not 0 < len(title.encode()) <= LONGEST_COLUMN or not title.isprintable():
        yield "是空的或太长"
    if FORMULA.match(title):
        yield "不能以 = + - @ 开头，表格软件会当成公式"
    if "__" in title or title in RESERVED:
        yield "不能用：接口里有别的意思"
