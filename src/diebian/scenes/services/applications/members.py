"""The members that were chosen, each in the version of its item that the theme was made from."""

from collections.abc import Mapping

from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.journey import journey_of
from diebian.scenes.services.themes.models import Application

from .filling import Member, answers_of


def members_of(of: Application) -> list[Member]:
    told, versions = of.version.compiled, versions_of(of)
    found = []
    for part in told.parts:
        if part.code in versions:
            version = versions[part.code]
            chosen = answers_of(part.code, told, of.answers)
            journey = journey_of(version, chosen)
            found.append(Member(part.code, part.name, version, chosen, journey))
    return found


def versions_of(of: Application) -> Mapping[str, ItemVersion]:
    """Of the chosen members, by code. A version is never taken away, so each is there."""
    parts = of.version.compiled.parts
    numbers = {part.code: part.number for part in parts if part.code in of.members}
    rows = ItemVersion.objects.filter(item__code__in=numbers).select_related("item__department")
    return {row.item.code: row for row in rows if row.number == numbers[row.item.code]}
