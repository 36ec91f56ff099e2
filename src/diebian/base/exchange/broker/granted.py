"""A grant as the read path uses it: fetched rarely, read once, used for many calls."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from diebian.base.exchange.adapters.agreed import Item
from diebian.base.exchange.adapters.node import Node
from diebian.base.exchange.waiting_line.line import SeasonTerms
from diebian.standards.sharing import SharingType, sharing_of_item

# As `grants.in_force.called_in_force`: the read path has no Django to ask it.
SERVED = (
    "{grant}.revoked_at is null and {request}.valid_to >= $3"
    " and {request}.mode in ('rows', 'verify')"
)
GRANTS = f"""
select g.id, g.system, r.contract, r.title, e.sharing, q.columns, q.masked, q.region,
  q.daily_limit,
  q.mode = 'verify' as is_verification, d.credit_code, q.purpose,
  (select coalesce(json_object_agg(i.column,
     json_build_object('name', i.name, 'type', i.type, 'length', i.length,
       'sharing', i.sharing)), '{{}}')
   from catalogue_dataitem i where i.entry_id = r.entry_id and i.column <> '') as items,
  (select row_to_json(n) from (
     select u.id, u.system, u.title, u.address, u.held_as, u.opens_after, u.rests_seconds
     from exchange_upstream u
     where u.system = r.contract->>'system') n) as node,
  (select row_to_json(n) from (
     select s.id, s.each_second, s.waiting_most, s.kept_minutes * 60 as kept_seconds,
       (select count(distinct og.system) from exchange_grant og
        join exchange_sharerequest oq on oq.id = og.request_id
        where oq.resource_id = r.id and {SERVED.format(grant="og", request="oq")}) as consumers
     from exchange_season s where s.resource_id = r.id and s.ended_at is null
     and now() >= s.starts_at and now() < s.ends_at) n) as season
from exchange_grant g
join exchange_sharerequest q on q.id = g.request_id
join catalogue_resource r on r.id = q.resource_id
join catalogue_entry e on e.id = r.entry_id
join identity_department d on d.id = q.consumer_id
where r.slug = $1 and g.system = $2 and {SERVED.format(grant="g", request="q")}
order by g.id desc
"""  # noqa: S608  our own words


@dataclass(frozen=True)
class Granted:
    id: int
    system: str  # that calls
    consumer: str  # credit code
    purpose: str
    title: str  # of the resource
    contract: dict[str, Any]
    columns: list[str]  # without those that the catalogue withholds now
    withheld: list[str]
    masked: list[str]  # of these columns only the ends are told
    items: dict[str, Item]  # what the entry says of each column
    region: str
    daily_limit: int | None
    is_verification: bool
    node: Node | None  # above the city: the call is passed on
    season: SeasonTerms | None  # very many ask: calls stand in line

    def gone(self, wanted: Iterable[str]) -> list[str]:
        """Of these columns those that the contract no longer has, however it came to that."""
        return [column for column in wanted if column not in self.contract["fields"]]

    def name_of(self, column: str) -> str:
        """As a person reads it in 谁查过我."""
        item = self.items.get(column)
        return item.name if item else column


def granted(row: Mapping[str, Any]) -> Granted:
    """`row` as `GRANTS` gives it: its structured columns are still text."""
    items = {name: Item(**told) for name, told in json.loads(row["items"]).items()}
    columns = json.loads(row["columns"])
    withheld = [one for one in columns if _is_withheld(row["sharing"], items.get(one))]
    return Granted(
        id=row["id"],
        system=row["system"],
        consumer=row["credit_code"],
        purpose=row["purpose"],
        title=row["title"],
        contract=json.loads(row["contract"]),
        columns=[one for one in columns if one not in withheld],
        withheld=withheld,
        masked=json.loads(row["masked"]),
        items=items,
        region=row["region"],
        daily_limit=row["daily_limit"],
        is_verification=row["is_verification"],
        node=Node(**json.loads(row["node"])) if row["node"] else None,
        season=SeasonTerms(**json.loads(row["season"])) if row["season"] else None,
    )


def _is_withheld(entry: str, item: Item | None) -> bool:
    """By the same rule as the catalogue's `ColumnLine`: the read path has no Django to ask it."""
    return sharing_of_item(entry, item.sharing if item else "") == SharingType.NEVER
