"""Rules that follow from the 数据元 of a table's columns: suggested, and taken with one click."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from diebian.base.elements.public import DataElement
from diebian.base.lake.public import LakeTable, elements_of
from diebian.security.identity.public import Actor, Refused
from diebian.standards.elements import Format
from diebian.standards.metadata import ItemType

from . import policy
from .models import Rule
from .refusals import RuleUnclear, SuggestionGone
from .rule_actions import declare_rule, rule_of

EVERY = "every"


@dataclass(frozen=True)
class Suggestion:
    """`rule` is not saved; its digest tells it from the others of its kind."""

    element: DataElement
    rule: Rule

    @property
    def mark(self) -> str:
        return f"{self.rule.kind}-{self.rule.digest[:16]}"


def suggestions(table: LakeTable) -> list[Suggestion]:
    """Those that fit the table and are not in force already."""
    active = Rule.objects.filter(collection=table.number, ended_at=None)
    known = set(active.values_list("kind", "digest"))
    told = [
        found
        for column, element in elements_of(table.number).items()
        if column in table.types and not element.is_retired
        for found in _of_column(table, column, element)
    ]
    return [one for one in told if (one.rule.kind, one.rule.digest) not in known]


@transaction.atomic
def take_suggestions(*, table: LakeTable, mark: str, by: Actor) -> list[Rule]:
    """One, or `EVERY`. Each is declared as if it had been written: by whom, on what basis."""
    if not policy.may_declare(by, table.department):
        raise Refused
    wanted = [one for one in suggestions(table) if mark in {EVERY, one.mark}]
    if not wanted:
        raise SuggestionGone
    return [
        declare_rule(
            table=table.slug,
            kind=one.rule.kind,
            told=one.rule.told,
            basis=one.rule.basis,
            by=by,
        )
        for one in wanted
    ]


def _of_column(table: LakeTable, column: str, element: DataElement) -> Iterator[Suggestion]:
    """A column of another type than its element gets none that its type cannot answer."""
    basis = f"数据元 {element.identifier} {element.name}（{element.source}）"
    for kind, told in _rules(element):
        try:
            rule = rule_of(table, kind, {"column": column, **told}, others=[], basis=basis)
        except RuleUnclear:
            continue
        yield Suggestion(element, rule)


def _rules(element: DataElement) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if element.check:
        yield element.check, {}
    elif element.codes:
        yield "codes", {"codes": list(element.codes), "says": element.name}
    elif element.type == ItemType.TEXT and element.format:
        yield from _of_format(element.format)


def _of_format(told: Format) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if told.is_digits:
        yield "pattern", _digits(told)
    elif told.most is not None:
        least = {"least": str(told.least)} if told.least else {}
        yield "length", {**least, "most": str(told.most)}


def _digits(told: Format) -> Mapping[str, str]:
    least = max(told.least, 1)
    if told.most is None:
        return {"pattern": f"[0-9]{{{least},}}", "says": f"至少 {least} 位数字"}
    if told.most == least:
        return {"pattern": f"[0-9]{{{least}}}", "says": f"{least} 位数字"}
    return {"pattern": f"[0-9]{{{least},{told.most}}}", "says": f"{least} 到 {told.most} 位数字"}
