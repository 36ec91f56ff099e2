"""What a comparison is, as data: how persons are matched, what is compared, what is looked for.

{"left": {"id_number": "SFZ"}, "right": {"id_number": "CARD"},
 "rules": [{"name": "姓名", "left": "XM", "right": "FULLNAME", "kind": "name"}],
 "wanted": ["differs", "left_only"]}
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models

from .models import Outcome
from .refusals import PlanUnclear

MOST_RULES = 8  # a bit each in a small number
MOST_DAYS = 3660
MOST_CODES = 200
LONGEST_NAME = 30


class RuleKind(models.TextChoices):
    EQUAL = "equal", "完全相同"
    NAME = "name", "姓名相同（不计全角半角、空格、间隔号）"
    DATE = "date", "日期相差不超过几天"
    CODE = "code", "代码按对照表相同"


@dataclass(frozen=True)
class Side:
    """`only`: rows in which this column has one of these values; empty: all rows."""

    id_number: str
    only_column: str = ""
    only_values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    name: str  # what people call the attribute
    left: str
    right: str
    kind: str = RuleKind.EQUAL
    days: int = 0
    codes: Mapping[str, str] = field(default_factory=dict)  # the left's code to the right's

    @property
    def words(self) -> str:
        if self.kind == RuleKind.DATE:
            return f"日期相差不超过 {self.days} 天"
        return RuleKind(self.kind).label


@dataclass(frozen=True)
class Plan:
    left: Side
    right: Side
    rules: tuple[Rule, ...]
    wanted: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    def differing(self, bits: int) -> list[str]:
        """Names of the attributes that do not agree."""
        return [rule.name for place, rule in enumerate(self.rules) if bits >> place & 1]

    def columns(self, side: str) -> list[str]:
        """Columns of a side that are read, each once."""
        of: Side = getattr(self, side)
        told = [of.id_number, of.only_column, *(getattr(rule, side) for rule in self.rules)]
        return list(dict.fromkeys(one for one in told if one))


def plan_of(told: Mapping[str, Any]) -> Plan:
    """From data that was checked, or that `checked` is about to check."""
    try:
        return Plan(
            left=_side(told["left"]),
            right=_side(told["right"]),
            rules=tuple(Rule(**one) for one in told.get("rules", ())),
            wanted=tuple(told["wanted"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PlanUnclear("要写明左右两边的证件号码列、比哪几项、找什么") from error


def checked(plan: Plan, left: Mapping[str, str], right: Mapping[str, str]) -> Plan:
    """`left`, `right`: the columns that there are, with their types."""
    for side, types, words in (("left", left, "左表"), ("right", right, "右表")):
        unknown = [one for one in plan.columns(side) if one not in types]
        if unknown:
            raise PlanUnclear(f"{words}里没有列：{'、'.join(unknown)}")
    if len(plan.rules) > MOST_RULES:
        raise PlanUnclear(f"最多比 {MOST_RULES} 项")
    names = [rule.name for rule in plan.rules]
    if len(set(names)) != len(names):
        raise PlanUnclear("每一项的名称要不同")
    for rule in plan.rules:
        _check(rule)
    if not plan.wanted or set(plan.wanted) - set(Outcome.values):
        raise PlanUnclear("请至少选一种要找的结果")
    if Outcome.DIFFERS in plan.wanted and not plan.rules:
        raise PlanUnclear("要找不一致的，就要写比哪一项")
    return plan


def _check(rule: Rule) -> None:
    if not rule.name.strip() or len(rule.name) > LONGEST_NAME:
        raise PlanUnclear(f"每一项要有名称，不超过 {LONGEST_NAME} 个字")
    if rule.kind not in RuleKind.values:
        raise PlanUnclear(f"“{rule.name}”的比法不认识")
    if not isinstance(rule.days, int) or not 0 <= rule.days <= MOST_DAYS:
        raise PlanUnclear(f"“{rule.name}”相差的天数应在 0 到 {MOST_DAYS} 之间")
    if rule.kind == RuleKind.CODE and not 0 < len(rule.codes) <= MOST_CODES:
        raise PlanUnclear(f"“{rule.name}”要写代码对照，一行一个：左表代码 = 右表代码")


def _side(told: Mapping[str, Any]) -> Side:
    values: Sequence[str] = told.get("only_values", ())
    return Side(told["id_number"], told.get("only_column", ""), tuple(values))
