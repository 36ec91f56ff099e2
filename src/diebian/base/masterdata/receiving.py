"""Whom a correction concerns because a base is made from the table: the department that keeps the
base, and all that read its record of this person or received its records.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.corrections.public import Corrected, Had, Receivers
from diebian.base.exchange.public import holders_of
from diebian.base.lake.public import lake_tables
from diebian.security.tracker.public import readers_of

from .looking import records_now
from .models import Base, Build
from .offering import offers_of
from .plan import plan_of

CASES_IN_WORDS = 3


def _found(told: Corrected) -> Sequence[Had]:
    return [had for base, build in _made_from(told) for had in _of_base(base, build, told)]


def _made_from(told: Corrected) -> Iterator[tuple[Base, Build]]:
    """Bases whose records, as they are read now, say something of this table's of that person."""
    of_table = Q(versions__sources__entry__public_id=told.entry)
    of_table |= Q(leaves__request__resource__slug__in=told.resources)
    bases = Base.objects.filter(of_table, built__gt=0).select_related("owner").distinct()
    for base in bases.order_by("pk"):
        build = Build.objects.select_related("version").get(base=base, number=base.built)
        places = _places(build, base, told)
        if places and (not told.id_number or _is_in(base, told.id_number, places)):
            yield base, build


def _places(build: Build, base: Base, told: Corrected) -> set[str]:
    """Of the tables in question among those that the build read, as its records name them."""
    plan = plan_of(build.version.plan)
    asked = {one.collection.slug for one in base.leaves.select_related("collection").filter(
        request__resource__slug__in=told.resources)}  # fmt: skip
    asked |= {one.slug for one in lake_tables(plan.tables) if one.entry_id == told.entry}
    return {str(plan.tables.index(slug)) for slug in build.sources if slug in asked}


def _is_in(base: Base, id_number: str, places: set[str]) -> bool:
    members = records_now(base).filter(identifier=id_number).values_list("members", flat=True)
    return any(str(place) in places for listed in members for place, _ in listed)


def _of_base(base: Base, build: Build, told: Corrected) -> Iterator[Had]:
    page, offers = reverse("masterdata:base", args=[base.slug]), offers_of(base)
    says = f"“{base.title}”里有它（第 {build.number} 次建库），改好的在下一次归集、建库后进库"
    yield Had(base.owner.credit_code, says, page)
    titles = {one.title: one.slug for one in offers}
    for title, slug in titles.items():
        for reader in readers_of(subject=told.subject, resources=[title]):
            cases = [one for one in reader.cases if one]
            named = "、".join(cases[:CASES_IN_WORDS])
            more = f"等 {len(cases)} 件" if len(cases) > CASES_IN_WORDS else ""
            why = f"为办件 {named}{more}" if cases else ""
            words = f"本部门{why}经“{title}”查过它，请在基础库重新建好后再查"
            yield Had(reader.department, words, reverse("exchange:resource", args=[slug]))
    for holder in holders_of({one.slug for one in offers}):
        words = f"收过“{base.title}”的记录，改好的在下一次归集、建库后送到"
        yield Had(holder.department, words, reverse("exchange:request", args=[holder.request]))


RECEIVERS = Receivers(slug="masterdata", found=_found)
