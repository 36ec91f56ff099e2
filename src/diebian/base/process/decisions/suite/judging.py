"""What becomes of each result that the suite asks for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from math import isclose
from pathlib import Path

from diebian.base.process.decisions.reading import Survey, surveyed
from diebian.base.process.decisions.refusals import NotAccepted
from diebian.base.process.expressions.printing import printed_value
from diebian.base.process.expressions.refusals import Mistake, OutOfReach
from diebian.base.process.expressions.scope import Semantics
from diebian.base.process.expressions.values import Value
from diebian.base.process.tags import NotXml
from diebian.kernel.errors import DiebianError

from .cases import Case, cases_of, value_of

CLOSE = 1e-8  # the suite writes some results with fewer digits than there are


class Verdict(StrEnum):
    RIGHT = "right"
    REFUSED_ERROR = "refused, and the suite expects an error"
    REFUSED = "refused"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    level: str
    folder: str
    case: Case
    verdict: Verdict
    says: str


def judged(root: Path, semantics: Semantics = Semantics.STANDARD) -> Iterator[Judged]:
    for level in sorted(one for one in root.iterdir() if one.is_dir()):
        for folder in sorted(one for one in level.iterdir() if one.is_dir()):
            yield from _folder(level.name, folder, semantics)


def _folder(level: str, folder: Path, semantics: Semantics) -> Iterator[Judged]:
    read: dict[Path, Survey | DiebianError] = {}
    for file in sorted(folder.glob("*test*.xml")):
        for case in cases_of(file):
            if case.model not in read:
                read[case.model] = _survey(case.model, semantics)
            verdict, says = _judge(case, read[case.model])
            yield Judged(level, folder.name, case, verdict, says)


def _survey(model: Path, semantics: Semantics) -> Survey | DiebianError:
    try:
        return surveyed(model.read_bytes(), semantics=semantics)
    except (NotAccepted, NotXml) as error:
        return error


def _judge(case: Case, read: Survey | DiebianError) -> tuple[Verdict, str]:
    if isinstance(read, DiebianError):
        return _refused(case), read.told
    try:
        value = _answer(case, read)
        expected = value_of(case.expected)
    except (DiebianError, Mistake) as error:
        return _refused(case), _reason(case, read, error)
    if same(value, expected):
        return Verdict.RIGHT, ""
    return Verdict.WRONG, f"expected {_shown(expected)}, is {_shown(value)}"


def _refused(case: Case) -> Verdict:
    return Verdict.REFUSED_ERROR if case.is_error else Verdict.REFUSED


def _answer(case: Case, read: Survey) -> Value:
    data = {name: value_of(tag) for name, tag in case.data.items()}
    if case.service:
        told = read.model.call(case.service, data).value
        return told[case.node] if isinstance(told, dict) and case.node in told else told
    return read.model.evaluate(case.node, data).value


def _reason(case: Case, read: Survey, error: Exception) -> str:
    return read.refused.get(case.service or case.node, str(error))


def same(left: Value, right: Value) -> bool:
    match left, right:
        case Decimal(), Decimal():
            return isclose(left, right, rel_tol=CLOSE)
        case list(), list():
            return len(left) == len(right) and all(map(same, left, right))
        case dict(), dict():
            return left.keys() == right.keys() and all(same(left[n], right[n]) for n in left)
        case (datetime(), datetime()) | (time(), time()):
            return bool(left == right and left.utcoffset() == right.utcoffset())
    return type(left) is type(right) and bool(left == right)


def _shown(value: Value) -> str:
    try:
        return printed_value(value)[:200]
    except (DiebianError, OutOfReach) as error:
        return str(error)


def counted(all_: list[Judged]) -> dict[str, Counter[Verdict]]:
    told: dict[str, Counter[Verdict]] = {}
    for one in all_:
        told.setdefault(one.level, Counter())[one.verdict] += 1
    return told
