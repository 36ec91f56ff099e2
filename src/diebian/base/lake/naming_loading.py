"""Columns of a city's tables and their 数据元, as `data_elements.yaml` says. What it says nothing
of stays as it is; a second load changes nothing.
"""

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile

from .models import Collection
from .naming import elements_of_all, name_elements

FILE = "data_elements.yaml"


def load_namings(profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """A table that is not collected yet waits for a later load, and so does a column. What a person
    has said of a column is that person's.
    """
    wanted = {one["table"]: one["columns"] for one in profile.document(FILE).get("tables", [])}
    rows = list(Collection.objects.filter(slug__in=wanted).order_by("slug"))
    held = elements_of_all(one.pk for one in rows)
    told: list[Change] = []
    for one in rows:
        mine = held.get(one.pk, {})
        there = {column["name"] for column in one.columns}
        new = {
            column: identifier
            for column, identifier in wanted[one.slug].items()
            if column in there and column not in mine
        }
        told += [
            Change(Verb.NEW, f"归集 {one.slug} 的列 {column} 是数据元 {identifier}")
            for column, identifier in new.items()
        ]
        if new and not dry_run:
            named = {name: of.identifier for name, of in mine.items() if name in there}
            name_elements(slug=one.slug, named={**named, **new}, by=by)
    return told


SECTION = ProfileSection(slug="lake", diff_and_load=load_namings)
