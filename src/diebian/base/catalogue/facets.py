"""Counts of every filter in one pass, whatever the number of entries.

A count says what ticking the box would give beside the other filters' ticks, so each filter is
counted under all of them but its own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet

from .models import Entry, Resource

COLUMNS: Mapping[str, str] = {
    "department": "department",
    "county": "county",
    "theme": "theme",
    "sharing": "sharing",
    "open": "open_type",
    "state": "state",
    "mounted": "mounted",
}
TOTAL = ""


@dataclass(frozen=True)
class Counted:
    """`by` filter: value, shown name where the database knows one, count; most first."""

    total: int
    by: Mapping[str, Sequence[tuple[str, str, int]]]


def counted(found: QuerySet[Entry], chosen: Mapping[str, Sequence[str]]) -> Counted:
    rows = found.order_by().annotate(
        mounted=Exists(Resource.objects.filter(entry=OuterRef("pk"))),
        department=F("provider__credit_code"),
        shown=F("provider__name"),
    )
    names = [*COLUMNS.values(), "shown"]
    inner, inner_parameters = rows.values(*dict.fromkeys(names)).query.sql_with_params()
    branches, parameters = [], list(inner_parameters)
    for name in [*COLUMNS, TOTAL]:
        narrowed, narrowed_parameters = _narrowed(chosen, but=name)
        value, label = (COLUMNS[name], _label(name)) if name else ("''", "''")
        telling = f"'{name}', {value}::text, {label}, count(*)"
        branches.append(f"select {telling} from found{narrowed} group by 2, 3")  # noqa: S608
        parameters += narrowed_parameters
    # Every word of it is ours or compiled by the ORM; what people chose are parameters.
    statement = f"with found as materialized ({inner}) " + " union all ".join(branches)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        lines = cursor.fetchall()
    by: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name, value, label, count in lines:
        by[name].append((value or "", label, count))
    total = sum(count for _, _, count in by.pop(TOTAL, []))
    return Counted(
        total, {name: sorted(told, key=lambda one: (-one[2], one[0])) for name, told in by.items()}
    )


def _label(name: str) -> str:
    return "shown" if name == "department" else "''"


def _narrowed(chosen: Mapping[str, Sequence[str]], *, but: str) -> tuple[str, list[object]]:
    wanted = [(COLUMNS[name], list(values)) for name, values in chosen.items() if values]
    kept = [(column, values) for column, values in wanted if column != COLUMNS.get(but)]
    clauses = [f"{column}::text = any(%s)" for column, _ in kept]
    return (" where " + " and ".join(clauses) if clauses else ""), [values for _, values in kept]
