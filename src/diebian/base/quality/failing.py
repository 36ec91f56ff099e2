"""Keys of failing rows: masked for everybody, plain for those who have to find the rows.

Whoever looks at plain ones is written down: in the trail, and for each person among them in
what that person reads under 谁查过我.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from diebian.base.lake.public import LakeTable, shown
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, subject_ref
from diebian.security.tracker.public import record_page_read
from diebian.standards.identifiers import is_id_number

from . import policy
from .models import Result, Rule

PURPOSE = "在源头改正不合质量规则的数据"
Values = Mapping[str, str]


@dataclass(frozen=True)
class FailingRow:
    key: Values
    shown: Values


def masked_rows(rule: Rule) -> list[FailingRow]:
    return [FailingRow(_masked(one["key"]), _masked(one["shown"])) for one in _kept(rule)]


@transaction.atomic
def look_at_rows(*, rule: Rule, table: LakeTable, by: Actor) -> list[FailingRow]:
    """Plain values; every look is a line. Call before the page is rendered."""
    if not policy.may_see_keys(by, table.department):
        raise Refused
    rows = _kept(rule)
    columns = list(dict.fromkeys(name for one in rows for name in (*one["key"], *one["shown"])))
    for person in sorted({one for row in rows for one in _persons(row)}):
        record_page_read(
            by=by, subject=subject_ref(person), purpose=PURPOSE, case_no="",
            resource=f"数据质量页：{table.title}"[:200], columns=columns,
        )  # fmt: skip
    audit.record(by=by, action="quality.keys.seen", subject=rule.audit_subject)
    return [FailingRow(one["key"], one["shown"]) for one in rows]


def _kept(rule: Rule) -> list[dict[str, Any]]:
    results = Result.objects.filter(rule=rule).order_by("-pk")
    kept: list[dict[str, Any]] | None = results.values_list("keys", flat=True).first()
    return kept or []


def _persons(row: Mapping[str, Any]) -> list[str]:
    """Those whose row it is, by the column that a rule says identifies them, and by any number."""
    values = [*row["key"].values(), *row["shown"].values(), row["person"]]
    return [one for one in values if is_id_number(one)]


def _masked(values: Values) -> dict[str, str]:
    return {name: shown(value) for name, value in values.items()}
