"""Which resource of the catalogue stands for a collected table: by its leave the table is read."""

from collections.abc import Sequence

from diebian.base.catalogue.public import Kind, ResourceLine, resources_of_entries
from diebian.base.lake.public import LakeTable


def resource_of(table: LakeTable) -> ResourceLine | None:
    """The table itself where it is mounted, else the interface that answers from the same rows."""
    return resources_of_tables([table])[table.slug]


def resources_of_tables(tables: Sequence[LakeTable]) -> dict[str, ResourceLine | None]:
    """Of very many by their slugs: a city has a thousand tables."""
    found = resources_of_entries([one.entry_id for one in tables if one.entry_id])
    return {
        one.slug: _standing_for(one, found.get(one.entry_id, []) if one.entry_id else [])
        for one in tables
    }


def _standing_for(table: LakeTable, found: Sequence[ResourceLine]) -> ResourceLine | None:
    offered = [one for one in found if one.is_open]
    tables = [one for one in offered if one.contract.get("collection") == table.slug]
    asked = [one for one in offered if one.kind == Kind.INTERFACE]
    named = [one for one in asked if one.contract.get("reads", {}).get("table") == table.slug]
    answering = [one for one in asked if "reads" not in one.contract]
    return next(iter(tables + named + answering), None)
