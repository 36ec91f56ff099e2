"""What there is to compare, for whoever declares a comparison."""

from diebian.base.catalogue.public import resources_of
from diebian.base.lake.public import (
    CollectedTable,
    collected_of,
    collected_of_entries,
    collected_table,
    entries_collected,
)
from diebian.security.identity.public import Actor
from diebian.standards.sharing import SharingType


def tables_for(by: Actor) -> list[CollectedTable]:
    """The own tables, then those of others that the catalogue tells of and that may be shared."""
    own = collected_of(by.department)
    shared = [one for one in entries_collected() if _may_be_asked(one)]
    others = [one for one in collected_of_entries(shared) if one.department != by.department]
    return [*own, *others]


def offered(by: Actor, slug: str) -> CollectedTable | None:
    """That table, if it is among them."""
    return collected_table(slug) if slug in {one.slug for one in tables_for(by)} else None


def columns_of(by: Actor, one: CollectedTable) -> list[tuple[str, str]]:
    """Columns to choose from with what the catalogue calls them; of others' only what it lists."""
    found = resources_of(one.entry_id) if one.entry_id else []
    names: dict[str, str] = {}
    for resource in found[:1]:
        said = {line.column: line.name for line in resource.columns}
        names = {theirs.lower(): said.get(ours, ours)
                 for ours, theirs in resource.contract["fields"].items()}  # fmt: skip
    is_own = one.department == by.department
    columns = [name for name in one.types if is_own or name.lower() in names]
    return [(name, _words(name, names.get(name.lower(), ""))) for name in columns]


def _words(column: str, name: str) -> str:
    return f"{name}（{column}）" if name and name != column else column


def _may_be_asked(entry_id: object) -> bool:
    found = resources_of(entry_id)  # type: ignore[arg-type]
    return bool(found) and found[0].is_open and found[0].sharing != SharingType.NEVER
