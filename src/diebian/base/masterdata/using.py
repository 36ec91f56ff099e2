"""Which columns of a table the bases are made from."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.base.lake.public import TableUser, Use

from .models import BaseVersion
from .plan import plan_of
from .selectors import newest_versions


def _uses(slug: str) -> Sequence[Use]:
    rows = newest_versions().filter(sources__slug=slug)
    return [_use(one, slug) for one in rows.select_related("base").order_by("base__slug")]


def _use(one: BaseVersion, slug: str) -> Use:
    source = next(of for of in plan_of(one.plan).sources if of.table == slug)
    href = reverse("masterdata:base", args=[one.base.slug])
    return Use(f"基础库：{one.base.title}", href, frozenset(source.used))


USER = TableUser(slug="masterdata", uses=_uses)
