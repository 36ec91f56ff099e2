"""Which columns of a collected table the licences are read from."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.base.lake.public import TableUser, Use

from .models import LicenceTable
from .plan import plan_of


def _uses(slug: str) -> Sequence[Use]:
    found = []
    for table in LicenceTable.objects.filter(collection=slug).order_by("slug"):
        used = plan_of(table.versions.latest("number").plan).used
        href = reverse("licences:table", args=[table.slug])
        found.append(Use(f"电子证照：{table.title}", href, frozenset(used), used))
    return found


USER = TableUser(slug="licences", uses=_uses)
