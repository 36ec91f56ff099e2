"""Which columns of a table the rules read: their own table's, and those that they look into."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.lake.public import TableUser, Use, lake_table

from .kinds import KINDS
from .kinds.kind import Input
from .models import Rule

OWN, OTHERS = (Input.COLUMN, Input.COLUMNS), (Input.OTHER_COLUMN,)


def _uses(slug: str) -> Sequence[Use]:
    number = lake_table(slug).number
    rows = Rule.objects.filter(Q(collection=number) | Q(told__other=slug), ended_at=None)
    return [_use(rule, number, slug) for rule in rows.order_by("pk")]


def _use(rule: Rule, number: int, slug: str) -> Use:
    inputs = [*(OWN if rule.collection_id == number else ())]
    inputs += OTHERS if rule.told.get("other") == slug else ()
    asked = [one.name for one in KINDS[rule.kind].asks if one.input in inputs]
    href = reverse("quality:rule", args=[rule.public_id])
    columns = [name for one in asked for name in _names(rule.told.get(one))]
    return Use(f"质量规则：{rule.says}", href, frozenset(columns))


def _names(told: object) -> list[str]:
    """One column, or some."""
    if isinstance(told, list):
        return [str(one) for one in told]
    return [str(told)] if told else []


USER = TableUser(slug="quality", uses=_uses)
