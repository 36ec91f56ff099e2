"""What is wrong with what an item shall say. Asked before it is handed on, by form and workbook."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diebian.scenes.services.materials.demands import Register
from diebian.scenes.services.materials.likeness import alike
from diebian.scenes.services.materials.resolving import Way
from diebian.standards.money import yuan
from diebian.standards.profile.item_details import MOST_DAYS_TO_PAY, MOST_FEN

from .facts import ALL_OF_IT, FREE, ItemFacts
from .situations import faults as faults_of_situations

LONGEST: Mapping[str, int] = {
    "name": 200, "fee": 100, "statutory_source": 200, "basis": 1000, "result": 200, "windows": 500,
    "words": 500,
}  # fmt: skip
MOST_DAYS = 3650


@dataclass(frozen=True)
class Likeness:
    """A paper under a new name, and what in the register it is like: the authority looks at it."""

    name: str
    like: str
    says: str


def faults(facts: ItemFacts, register: Register) -> Iterator[str]:
    yield from _of_words(facts)
    yield from _of_days(facts)
    yield from faults_of_situations(facts)
    yield from _of_papers(facts, register)
    yield from _of_charging(facts)


def held_demands(facts: ItemFacts, register: Register) -> list[str]:
    """Codes of papers that it wants as papers, and that government holds."""
    return [
        one.material
        for one in facts.materials
        if one.way == Way.PAPER and one.material in register.answers
        and register.answers[one.material].is_held
    ]  # fmt: skip


def likenesses(facts: ItemFacts, register: Register) -> list[Likeness]:
    """Of papers that are not in the register."""
    return [
        Likeness(one.name, register.called[code], register.answers[code].reason)
        for one in facts.materials
        if not one.material
        for code in alike(one.name, register.names)
    ]


def _of_words(facts: ItemFacts) -> Iterator[str]:
    if not facts.name.strip():
        yield "没有写名称"
    for name, most in LONGEST.items():
        if len(getattr(facts, name)) > most:
            yield f"{name} 最多 {most} 个字"
    if "\0" in "".join([facts.name, facts.basis, facts.words, *facts.conditions]):
        yield "有不能显示的字符"


def _of_days(facts: ItemFacts) -> Iterator[str]:
    law, promised = facts.statutory_days, facts.promised_days
    if any(days is not None and not 0 <= days <= MOST_DAYS for days in (law, promised)):
        yield f"时限应在 0 到 {MOST_DAYS} 之间"
    elif law is not None and promised is not None and promised > law:
        yield f"承诺 {promised} 日长于法定 {law} 日"
    if len({bool(law is not None), bool(facts.statutory_unit), bool(facts.statutory_source)}) > 1:
        yield "法定时限要同时写天数、单位和依据，不知道就三处都不写"


def _of_papers(facts: ItemFacts, register: Register) -> Iterator[str]:
    counted = Counter(one.material or one.name for one in facts.materials)
    for key, times in counted.items():
        if times > 1:
            yield f"材料“{register.called.get(key, key)}”写了 {times} 次"
    for one in facts.materials:
        if one.material and one.material not in register.answers:
            yield f"材料登记册里没有“{one.material}”"
        if not one.material and (code := register.names.get(one.name)):
            yield f"“{one.name}”就是登记册里的“{register.called[code]}”，请用登记册的"
        if one.way not in Way.values:
            yield f"材料“{one.material or one.name}”的“怎样交”不认识"


def _of_charging(facts: ItemFacts) -> Iterator[str]:
    if facts.charging is None:
        return
    told = facts.charging
    parts = told.parts
    for label, times in Counter(one.label for one in parts).items():
        if times > 1:
            yield f"收费“{label}”写了 {times} 次"
    if not told.charges or any(not one.label.strip() or not one.basis.strip() for one in parts):
        yield "收费和减免都要写明项目和依据"
    if any(not 0 < one.fen <= MOST_FEN for one in told.charges):
        yield f"金额应在 0.01 到 {yuan(MOST_FEN)} 元之间"
    if any(not 0 < one.percent <= ALL_OF_IT or not one.when for one in told.reductions):
        yield "减免要写明什么情形减、减百分之几"
    if not 0 < told.days <= MOST_DAYS_TO_PAY:
        yield f"缴费的天数应在 1 到 {MOST_DAYS_TO_PAY} 个工作日之间"
    if facts.fee in {"", FREE}:
        yield "写了收费标准，指南上“收费”一栏却写着不收费"


def changed(was: ItemFacts, will: ItemFacts) -> Sequence[str]:
    """Names of the facts that a department may not change by itself."""
    fixed = ("kind", "credit_code", "national_code", "national_mark", "mark", "system", "levels")
    return [name for name in fixed if getattr(was, name) != getattr(will, name)]
