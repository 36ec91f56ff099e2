"""The counts of every filter and the first rows, from one look at the entries.

A count says what ticking the box would give beside the other filters' ticks, so each filter is
counted under all of them but its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet

from .models import Entry

COLUMNS: Mapping[str, str] = {
    "department": "department",
    "county": "county",
    "theme": "theme",
    "sharing": "sharing",
    "open": "open_type",
    "class": "data_class",
    "level": "level",
    "cycle": "update_cycle",
    "state": "state",
    "mounted": "mounted",
    "kind": "kinds",
}
MANY = {"kind"}  # an entry may have several of these
ALL, PAGE = "all", "page"
BEST_FIRST = "rank, title, id"
Chosen = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Counted:
    """`by` filter: value, shown name where the database knows one, count; most first."""

    total: int
    keys: Sequence[int]  # of the entries on the page asked for, best first
    by: Mapping[str, Sequence[tuple[str, str, int]]]


def counted(found: QuerySet[Entry], chosen: Chosen, *, page: int, most: int) -> Counted:
    """A page beyond the last is the last."""
    rows = found.order_by().annotate(
        department=F("provider__credit_code"),
        shown=F("provider__name"),
    )
    joined = {"mounted", "kinds"}
    names = ("id", "rank", "title", "shown", *(set(COLUMNS.values()) - joined))
    inner, parameters = rows.values(*names).query.sql_with_params()
    apart = [name for name in COLUMNS if chosen.get(name) or name in MANY]
    branches, values = [], [*parameters]
    for branch, told in [_together(chosen, apart), *(_apart(name, chosen) for name in apart)]:
        branches.append(branch)
        values += told
    where, told = _where(chosen)
    values += [*told, most, (page - 1) * most, most, most]
    # Every word of it is ours or compiled by the ORM; what people chose are parameters.
    statement = f"""
        with entries as materialized ({inner}), found as materialized (
            select entries.*, coalesce(kinds, '{{}}') as kinds, kinds is not null as mounted
            from entries left join (
                select entry_id, array_agg(distinct kind) as kinds from catalogue_resource
                where unmounted_at is null group by 1
            ) as behind on behind.entry_id = entries.id
        ) {" union all ".join(branches)}
        union all select * from (
            with kept as materialized (select id, rank, title from found{where}),
            shown as (
                select * from kept order by {BEST_FIRST} limit %s
                offset greatest(least(%s, ((select count(*) from kept) - 1) / %s * %s), 0)
            )
            select '{PAGE}', id::text, '', row_number() over (order by {BEST_FIRST}) from shown
            union all select '{ALL}', '', '', count(*) from kept
        ) as told
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return _sorted(cursor.fetchall())


def _together(chosen: Chosen, apart: Sequence[str]) -> tuple[str, list[object]]:
    """Filters without a tick are all counted under the same ticks: one pass for all of them."""
    where, told = _where(chosen)
    mine = {name: column for name, column in COLUMNS.items() if name not in apart}
    if not mine:
        return "select '', '', '', 0 where false", []
    sets = ", ".join("(department, shown)" if one == "department" else f"({one})"
                     for one in mine.values())  # fmt: skip
    names = _of_set((column, f"'{name}'") for name, column in mine.items())
    shown = _of_set((column, f"{column}::text") for column in mine.values())
    label = _of_set([("department", "shown")]) if "department" in mine else "''"
    telling = f"{names}, {shown}, {label}, count(*)"
    return f"select {telling} from found{where} group by grouping sets ({sets})", told  # noqa: S608


def _of_set(cases: Iterable[tuple[str, str]]) -> str:
    """What is told where the rows are grouped by this column."""
    whens = " ".join(f"when grouping({column}) = 0 then {says}" for column, says in cases)
    return f"case {whens} else '' end"


def _apart(name: str, chosen: Chosen) -> tuple[str, list[object]]:
    """A filter with ticks of its own is counted without them; of a list, each of its values."""
    where, told = _where(chosen, but=name)
    column = name if name in MANY else COLUMNS[name]
    label = "shown" if name == "department" else "''"
    source = "found, unnest(kinds) as kind" if name in MANY else "found"
    telling = f"'{name}', {column}::text, {label}, count(*)"
    return f"select {telling} from {source}{where} group by 2, 3", told  # noqa: S608


def _sorted(lines: Sequence[tuple[str, str | None, str | None, int]]) -> Counted:
    by: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name, value, label, count in lines:
        by[name].append((value or "", label or "", count))
    [(_, _, total)] = by.pop(ALL)
    page = sorted(by.pop(PAGE, []), key=lambda one: one[2])
    return Counted(
        total,
        [int(key) for key, _, _ in page],
        {name: sorted(told, key=lambda one: (-one[2], one[0])) for name, told in by.items()},
    )


def _where(chosen: Chosen, *, but: str = "") -> tuple[str, list[object]]:
    wanted = [(COLUMNS[name], list(values)) for name, values in chosen.items() if values]
    kept = [(column, values) for column, values in wanted if column != COLUMNS.get(but)]
    several = {COLUMNS[name] for name in MANY}
    clauses = [
        f"{column}::text[] && %s" if column in several else f"{column}::text = any(%s)"
        for column, _ in kept
    ]
    return (" where " + " and ".join(clauses) if clauses else ""), [values for _, values in kept]
