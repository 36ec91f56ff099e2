"""What there is to compare, for whoever declares a comparison."""

from diebian.base.catalogue.public import ResourceLine, read_columns
from diebian.base.lake.public import LakeTable, lake_tables
from diebian.security.identity.public import Actor

from .mounted import resource_of, resources_of_tables


def tables_for(by: Actor) -> list[LakeTable]:
    """The own tables, then those of others that the catalogue tells of and that may be shared."""
    own = lake_tables(department=by.department)
    listed = [one for one in lake_tables() if one.entry_id and one.department != by.department]
    resources = resources_of_tables(listed)
    return [*own, *(one for one in listed if _may_be_asked(resources[one.slug]))]


def columns_of(by: Actor, one: LakeTable) -> list[tuple[str, str]]:
    """Columns to choose from with what the catalogue calls them; of others' only what it lists and
    does not withhold.
    """
    resource = resource_of(one)
    names: dict[str, str] = {}
    withheld: frozenset[str] = frozenset()
    if resource is not None:
        said = {line.column: line.name for line in resource.columns}
        known = read_columns(resource, one.slug, one.types)
        names = {name: said.get(told.ours, told.ours) for name, told in known.items()}
        withheld = frozenset(name for name, told in known.items() if told.ours in resource.withheld)
    is_own = one.department == by.department
    listed = [name for name in one.types if name in names.keys() - withheld]
    columns = list(one.types) if is_own else listed
    return [(name, _words(name, names.get(name, ""))) for name in columns]


def _words(column: str, name: str) -> str:
    return f"{name}（{column}）" if name and name != column else column


def _may_be_asked(found: ResourceLine | None) -> bool:
    return found is not None and any(not column.is_withheld for column in found.columns)
