"""Which resource of the catalogue stands for a collected table: by its leave the table is read."""

from diebian.base.catalogue.public import Kind, ResourceLine, resources_of
from diebian.base.lake.public import LakeTable


def resource_of(table: LakeTable) -> ResourceLine | None:
    """The table itself where it is mounted, else the interface that answers from the same rows."""
    found = resources_of(table.entry_id) if table.entry_id else []
    offered = [one for one in found if one.is_open]
    tables = [one for one in offered if one.contract.get("collection") == table.slug]
    answering = [one for one in offered if one.kind == Kind.INTERFACE]
    return next(iter(tables + answering), None)
