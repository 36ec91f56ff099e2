"""An entity and an uncertain pair as a page tells them: masked, or plain and written down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from diebian.base.lake.public import shown
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .clustering import Why
from .looking import look, plan_now, write_reads
from .models import Base, Build, GoldenRecord, UncertainPair
from .plan import Plan, RuleOf, plan_of
from .records import APART
from .selectors import titles_of
from .weights import Level, Weight, explained, total

LOOKING = "核对是不是同一个（基础库）"
WHY = {
    Why.BETWEEN: "分数在两条线之间，平台定不下来",
    Why.SEVERAL: "这一条和几个有号码的都像，平台不替人选",
    Why.TWO_IDS: "连起来会把两个不同的号码合成一个",
    Why.CHANGED: "以前有人定过，后来两边的内容变了，请再看一次",
}
Tell = Callable[[object], str]


@dataclass(frozen=True)
class Said:
    """One source's word about one column."""

    source: str
    row: str
    value: str
    is_kept: bool


@dataclass(frozen=True)
class ValueLine:
    title: str
    value: str
    source: str
    row: str
    rule: str
    snapshot: int | None
    collected_at: datetime | None
    said: Sequence[Said]  # where they do not agree


@dataclass(frozen=True)
class Compared:
    title: str
    left: str
    right: str
    weight: Weight
    says: str  # the same beside the title
    mark: str


@dataclass(frozen=True)
class PairShown:
    pair: UncertainPair
    why: str
    score: str
    upper: str
    lower: str
    left: str
    right: str
    lines: Sequence[Compared]


class Sources:
    """Titles, snapshots and moments behind the places in a record."""

    def __init__(self, plan: Plan, build: Build | None, titles: Mapping[str, str]) -> None:
        self.plan, self._build, self._titles = plan, build, titles

    def title(self, place: object) -> str:
        slug = self.plan.tables[int(str(place))]
        return self._titles.get(slug, slug)

    def snapshot(self, place: object) -> int | None:
        told = self._of(place).get("snapshot")
        return int(told) if told is not None else None

    def collected_at(self, place: object) -> datetime | None:
        told = self._of(place).get("collected_at")
        return datetime.fromisoformat(told) if told else None

    def _of(self, place: object) -> dict[str, Any]:
        sources = self._build.sources if self._build else {}
        of: dict[str, Any] = sources.get(self.plan.tables[int(str(place))], {})
        return of


def tell_of(plan: Plan, name: str, *, is_plain: bool) -> Tell:
    """How a value of a column is told: masked where it is of a person and nobody said what for."""
    return shown if plan.is_personal(name) and not is_plain else str


def value_lines(record: GoldenRecord, *, is_plain: bool) -> list[ValueLine]:
    """Each column with where its value stands and why it was chosen."""
    plan = plan_of(record.version.plan)
    build = Build.objects.filter(base=record.base_id, number=record.since).first()
    sources = Sources(plan, build, titles_of([plan]))
    return [_line(record, one, sources, is_plain=is_plain) for one in plan.columns]


def disputed_lines(
    records: Sequence[GoldenRecord], plan: Plan, name: str
) -> list[tuple[GoldenRecord, ValueLine]]:
    """One column of many records, masked; when and from which snapshot is not told."""
    sources, column = Sources(plan, None, titles_of([plan])), plan.column(name)
    return [(one, _line(one, column, sources, is_plain=False)) for one in records]


def _line(record: GoldenRecord, column: Any, sources: Sources, *, is_plain: bool) -> ValueLine:
    tell = tell_of(sources.plan, column.name, is_plain=is_plain)
    tell_row = tell_of(sources.plan, sources.plan.identifier, is_plain=is_plain)
    chosen = record.chosen.get(column.name)
    value = record.values.get(column.name)
    if chosen is None:
        return ValueLine(column.title, "", "", "", "没有来源给出", None, None, [])
    said = [
        Said(sources.title(place), row_of(ref, tell_row), tell(told), told == value)
        for place, ref, told in record.said.get(column.name, [])
    ]
    speakers = {place for place, _, _ in record.said.get(column.name, [])}
    rule = RuleOf(column.rule).label if said else "说法一致，或只有这一个来源"
    if said and len(speakers) == 1:
        rule = f"{rule}（同一来源的几行不一样）"
    return ValueLine(
        title=column.title,
        value=tell(value),
        source=sources.title(chosen[0]),
        row=row_of(chosen[1], tell_row),
        rule=rule,
        snapshot=sources.snapshot(chosen[0]),
        collected_at=sources.collected_at(chosen[0]),
        said=said,
    )


def row_of(ref: str, tell: Tell) -> str:
    """A row key may be an identity number itself."""
    return "、".join(tell(part) for part in str(ref).split(APART))


@transaction.atomic
def look_at_record(*, base: Base, record: GoldenRecord, purpose: str, by: Actor) -> list[ValueLine]:
    plan = plan_of(record.version.plan)
    look(base=base, plan=plan, records=[record], purpose=purpose, by=by, is_plain=True)
    return value_lines(record, is_plain=True)


def pair_shown(pair: UncertainPair, *, is_plain: bool = False) -> PairShown:
    plan = plan_of(pair.version.plan)
    return _pair(pair, plan, titles_of([plan]), is_plain=is_plain)


def pairs_shown(pairs: Sequence[UncertainPair]) -> list[PairShown]:
    """Masked; each declaration read once."""
    plans = {one.version_id: plan_of(one.version.plan) for one in pairs}
    titles = titles_of(plans.values())
    return [_pair(one, plans[one.version_id], titles, is_plain=False) for one in pairs]


def _pair(
    pair: UncertainPair, plan: Plan, titles: Mapping[str, str], *, is_plain: bool
) -> PairShown:
    tells = {one.column: tell_of(plan, one.column, is_plain=is_plain) for one in plan.fields}
    tell_row = tell_of(plan, plan.identifier, is_plain=is_plain)
    told = zip(plan.fields, explained(plan, pair.levels), *pair.told, pair.levels, strict=True)
    marks = {Level.SAME: "ok", Level.NEAR: "wait", Level.DIFFERS: "bad"}
    return PairShown(
        pair=pair,
        why=WHY[Why(pair.why)],
        score=total(pair.score),
        upper=total(plan.upper),
        lower=total(plan.lower),
        left=_side(plan, pair.left, titles, tell_row),
        right=_side(plan, pair.right, titles, tell_row),
        lines=[
            Compared(
                title=plan.column(field.column).title,
                left=tells[field.column](left) if left is not None else "",
                right=tells[field.column](right) if right is not None else "",
                weight=weight,
                says=str(weight).removeprefix(plan.column(field.column).title),
                mark=marks.get(Level(level), ""),
            )
            for field, weight, left, right, level in told
        ],
    )


@transaction.atomic
def look_at_pair(*, pair: UncertainPair, by: Actor) -> PairShown:
    """Plain values of both; whoever of them has a number sees it in 谁查过我."""
    plan = plan_of(pair.version.plan)
    if not policy.may_see_records(by, pair.base, plan_now(pair.base).seen_by):
        raise Refused
    known = [one[1:] for one in (pair.left, pair.right) if one.startswith("#")]
    write_reads(pair.base, plan, known, LOOKING, by, is_plain=True)
    audit.record(by=by, action="masterdata.pair.seen", subject=pair.audit_subject)
    return pair_shown(pair, is_plain=True)


def _side(plan: Plan, token: str, titles: Mapping[str, str], tell: Tell) -> str:
    """“有号码 2199…” or “失业人员登记，第 … 行，没有号码”."""
    if token.startswith("#"):
        return f"{plan.column(plan.identifier).title} {tell(token[1:])}"
    slug, _, ref = token.partition(":")
    return f"“{titles.get(slug, slug)}”的一行（{row_of(ref, tell)}），没有能用的号码"
