"""One record of a base by its identifier, for a department that was granted it: on the read path.

The broker asks PostgreSQL for the state that is read now. Of each column there may be two in the
answer: its value, and, if that was granted too, from which table of which department it comes.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from diebian.base.exchange.public import OwnAnswers

from .models import BaseVersion
from .plan import Plan, plan_of

if TYPE_CHECKING:  # slow to load: not for every process that knows this component
    import asyncpg

ANSWERER = "base"  # what a contract names
SOURCE = "_source"  # behind a column's name: where its value comes from
RECORD = """
select r.values, r.chosen, v.plan -> 'sources' as sources,
  (select coalesce(json_object_agg(c.slug, d.name || '：' || c.title), '{}')
   from masterdata_baseversion_sources s join lake_collection c on c.id = s.collection_id
   join lake_source o on o.id = c.source_id join identity_department d on d.id = o.department_id
   where s.baseversion_id = v.id) as titles
from masterdata_base b
join masterdata_goldenrecord r on r.base_id = b.id and r.since <= b.built
  and (r.until is null or r.until > b.built)
join masterdata_baseversion v on v.id = r.version_id
where b.slug = $1 and r.identifier = $2 and r.identifier <> ''
order by r.number
"""
Row = dict[str, str]


def fields_of(plan: Plan) -> dict[str, str]:
    """What an interface of this base can answer with, our name to the base's."""
    sources = {f"{name}{SOURCE}": f"{name}{SOURCE}" for name in plan.names}
    return {**{name: name for name in plan.names}, **sources}


def _columns(contract: Mapping[str, Any]) -> set[str]:
    """By the newest declaration: nobody's record is read to find out."""
    version = BaseVersion.objects.filter(base__slug=contract["base"]).order_by("-number").first()
    return set(fields_of(plan_of(version.plan))) if version else set()


async def _rows(
    pool: "asyncpg.Pool", contract: Mapping[str, Any], wanted: Mapping[str, str]
) -> list[Row]:
    asked = next(iter(wanted.values())).strip().upper()
    found = await pool.fetch(RECORD, contract["base"], asked)
    return [_row(contract["fields"], one) for one in found]


def _row(fields: Mapping[str, str], found: Mapping[str, str]) -> Row:
    values, chosen = json.loads(found["values"]), json.loads(found["chosen"])
    sources, titles = json.loads(found["sources"]), json.loads(found["titles"])
    told = {name: value or "" for name, value in values.items()}
    for name, place in chosen.items():
        table = sources[int(place[0])]["table"] if place else ""
        told[f"{name}{SOURCE}"] = titles.get(table, table)
    return {ours: told.get(theirs, "") for ours, theirs in fields.items()}


ANSWERS = OwnAnswers(slug=ANSWERER, columns=_columns, rows=_rows)
