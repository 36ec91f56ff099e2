"""Columns of a city's tables and their 数据元, as `data_elements.yaml` says. What it says nothing
of stays as it is; a second load changes nothing.
"""

from collections.abc import Iterable, Mapping

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile

from .models import Collection
from .naming import elements_of_all, is_named_by_people, name_elements

FILE = "data_elements.yaml"


def load_namings(profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """A table that is not collected yet waits for a later load, and so does a column. A table whose
    columns a person has looked through is that person's: what holds none was left so.
    """
    wanted = {one["table"]: one["columns"] for one in profile.document(FILE).get("tables", [])}
    rows = list(Collection.objects.filter(slug__in=wanted).order_by("slug"))
    held = elements_of_all(one.pk for one in rows)
    told: list[Change] = []
    for one in rows:
        there = {column["name"] for column in one.columns}
        mine = {name: of for name, of in held.get(one.pk, {}).items() if name in there}
        new = _new(one, wanted[one.slug], mine)
        told += [
            Change(Verb.NEW, f"归集 {one.slug} 的列 {column} 是数据元 {identifier}")
            for column, identifier in new.items()
        ]
        if new and not dry_run:
            kept = {column: element.identifier for column, element in mine.items()}
            name_elements(slug=one.slug, named={**kept, **new}, by=by)
    return told


def _new(one: Collection, wanted: Mapping[str, str], held: Iterable[str]) -> dict[str, str]:
    if is_named_by_people(one):
        return {}
    free = {told["name"] for told in one.columns}.difference(held)
    return {column: identifier for column, identifier in wanted.items() if column in free}


SECTION = ProfileSection(slug="lake", diff_and_load=load_namings)
