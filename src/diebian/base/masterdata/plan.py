"""What a base is, as data: the document that `standards.profile.read_declaration` let through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from diebian.base.lake.public import LakeTable

from .refusals import PlanUnclear


class Kind(models.TextChoices):
    """What a column holds: how it is spelled, and how near two values are."""

    ID_NUMBER = "id_number", "公民身份号码（15 位换成 18 位，校验位要对）"
    CREDIT_CODE = "credit_code", "统一社会信用代码（校验位要对）"
    REGISTRATION = "registration", "旧的注册号（15 位，校验位要对）"
    NAME = "name", "姓名（不计全角半角、空格、间隔号）"
    ORGANISATION = "organisation", "单位名称（括号一种写法；认是不是同一个时不计“有限公司”等字样）"
    ADDRESS = "address", "地址（不计全角半角、空格）"
    DATE = "date", "日期"
    PHONE = "phone", "电话（只留数字）"
    DIVISION = "division", "区划代码（只留数字）"
    TEXT = "text", "文字（去掉前后空格）"


class Subject(models.TextChoices):
    """Of whom a base tells: all that differs between the two is asked from `Plan`."""

    PERSON = "person", "人"
    ORGANISATION = "organisation", "单位"


class RuleOf(models.TextChoices):
    """Which of several values survives."""

    TRUST = "trust", "按先后信来源"
    NEWEST = "newest", "信日期最新的"
    MOST_FREQUENT = "most_frequent", "信说得最多的"
    LONGEST = "longest", "信写得最长的"


@dataclass(frozen=True)
class Column:
    name: str
    title: str
    kind: str
    rule: str
    order: tuple[str, ...] = ()
    event: str = ""  # what happened on this day, of a date
    personal: bool = False  # of a person, where the base tells of organisations


@dataclass(frozen=True)
class Fed:
    """One column of a source that feeds a column of the base."""

    column: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    table: str
    columns: Mapping[str, Fed]
    dated_by: str = ""

    @property
    def used(self) -> list[str]:
        told = [*(one.column for one in self.columns.values()), self.dated_by]
        return list(dict.fromkeys(one for one in told if one))


@dataclass(frozen=True)
class Chances:
    """That two values agree so: of the same (`m`), of two that are not (`u`)."""

    m: float
    u: float


@dataclass(frozen=True)
class Field:
    column: str
    same: Chances
    near: Chances | None = None


@dataclass(frozen=True)
class Keeping:
    """How long what a record no longer says stays, from the day on which that was replaced."""

    months: int
    why: str


# No law names these months; it asks for no more than the purpose needs. A city declares its own.
USUAL = Keeping(36, "给出去的内容，三年内有人问起，说得清当时是什么、从哪张表来；再久就用不着了")


@dataclass(frozen=True)
class Plan:
    slug: str
    title: str
    subject: str
    purpose: str
    legal_basis: str
    seen_by: tuple[str, ...]
    columns: tuple[Column, ...]
    sources: tuple[Source, ...]
    identifier: str
    blocks: tuple[tuple[str, ...], ...] = ()
    fields: tuple[Field, ...] = ()
    upper: int = 0  # hundredths, as scores
    lower: int = 0
    keeping: Keeping = USUAL

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.columns]

    @property
    def tables(self) -> list[str]:
        return [one.table for one in self.sources]

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.name == name)

    @property
    def is_about_people(self) -> bool:
        return self.subject == Subject.PERSON

    @property
    def noun(self) -> str:
        return Subject(self.subject).label

    def is_personal(self, name: str) -> bool:
        """All of a person; of an organisation only what is declared so: who represents it."""
        return self.is_about_people or self.column(name).personal

    @property
    def personal(self) -> list[Column]:
        return [one for one in self.columns if self.is_personal(one.name)]


def plan_of(told: Mapping[str, Any]) -> Plan:
    """From a checked document."""
    matching = told["matching"]
    return Plan(
        **{name: told[name] for name in ("slug", "title", "subject", "purpose", "legal_basis")},
        seen_by=tuple(told["seen_by"]),
        columns=tuple(_column(one) for one in told["columns"]),
        sources=tuple(_source(one) for one in told["sources"]),
        identifier=matching["identifier"],
        blocks=tuple(tuple(one) for one in matching.get("blocks", ())),
        fields=tuple(_field(one) for one in matching.get("fields", ())),
        upper=round(100 * matching.get("upper", 0)),
        lower=round(100 * matching.get("lower", 0)),
        keeping=Keeping(**told["kept"]) if "kept" in told else USUAL,
    )


def check(plan: Plan, tables: Sequence[LakeTable]) -> None:
    """Against the tables as they are collected. Raises `PlanUnclear` with what is wrong."""
    known = {one.slug: one for one in tables}
    for source in plan.sources:
        if source.table not in known:
            raise PlanUnclear(f"没有归集 {source.table}")
        of = known[source.table]
        if not of.key:
            raise PlanUnclear(f"“{of.title}”没有主键，认不出是哪一行")
        if missing := [one for one in source.used if one not in of.types]:
            raise PlanUnclear(f"“{of.title}”里没有列：{'、'.join(missing)}")


def _column(told: Mapping[str, Any]) -> Column:
    return Column(**{**told, "order": tuple(told.get("order", ()))})


def _source(told: Mapping[str, Any]) -> Source:
    columns = {
        name: Fed(one, {}) if isinstance(one, str) else Fed(one["from"], one.get("codes", {}))
        for name, one in told["columns"].items()
    }
    return Source(told["table"], columns, told.get("dated_by", ""))


def _field(told: Mapping[str, Any]) -> Field:
    near = Chances(**told["near"]) if "near" in told else None
    return Field(told["column"], Chances(told["m"], told["u"]), near)
