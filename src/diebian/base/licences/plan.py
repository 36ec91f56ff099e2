"""What a table of licences is, as data: the document that `read_licence_table` let through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from diebian.base.lake.public import LakeTable
from diebian.standards.profile import types_of_licences

from .models import LicenceType
from .refusals import PlanUnclear


@dataclass(frozen=True)
class Plan:
    """Names of columns, as the lake has them. `types`: ours by the table's own word."""

    slug: str
    title: str
    table: str
    types: Mapping[str, str]
    type_column: str  # empty: all rows are of one type
    number: str
    holder_number: str
    holder_name: str
    issued: str
    state_column: str
    states: Mapping[str, str]
    until: str = ""
    endless: tuple[str, ...] = ()
    identifier: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # title to column

    @property
    def used(self) -> dict[str, str]:
        """Each column with what it is for."""
        told = {
            self.type_column: "种类", self.number: "编号", self.holder_number: "持有人号码",
            self.holder_name: "持有人", self.issued: "颁发日期", self.until: "有效期至",
            self.state_column: "状态", self.identifier: "标识",
            **{column: title for title, column in self.fields.items()},
        }  # fmt: skip
        return {column: words for column, words in told.items() if column}


def plan_of(told: Mapping[str, Any]) -> Plan:
    type_, until = told["type"], told.get("until", {})
    return Plan(
        slug=told["slug"],
        title=told["title"],
        table=told["table"],
        types=types_of_licences(told),
        type_column="" if isinstance(type_, str) else type_["from"],
        number=told["number"],
        holder_number=told["holder_number"],
        holder_name=told["holder_name"],
        issued=told["issued"],
        state_column=told["status"]["from"],
        states=told["status"]["codes"],
        until=until.get("from", ""),
        endless=tuple(until.get("endless", ())),
        identifier=told.get("identifier", ""),
        fields=told.get("fields", {}),
    )


def check(plan: Plan, table: LakeTable) -> None:
    """Raises `PlanUnclear` where the table has no key, or not what the plan reads."""
    if not table.key:
        raise PlanUnclear(f"“{table.title}”没有主键，分不清哪一行是哪份证照")
    if missing := [name for name in plan.used if name not in table.types]:
        raise PlanUnclear(f"“{table.title}”里没有列：{'、'.join(missing)}")


def types_in(plan: Plan) -> dict[str, LicenceType]:
    """By the city's code. Raises `PlanUnclear` for one that is not, or no more, in its list."""
    wanted = set(plan.types.values())
    rows = LicenceType.objects.filter(code__in=wanted, retired_on=None).select_related("issuer")
    found = {row.code: row for row in rows}
    if missing := sorted(wanted - set(found)):
        raise PlanUnclear(f"没有这种证照：{'、'.join(missing)}")
    return found


def issuers(types: Iterable[LicenceType]) -> set[str]:
    return {one.issuer.credit_code for one in types}
