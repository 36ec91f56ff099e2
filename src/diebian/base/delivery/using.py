"""Which columns of a table are mounted, granted and sent."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine, resources_over
from diebian.base.exchange.public import terms_by_grant
from diebian.base.lake.public import TableUser, Use

from .models import Delivery

Names = Mapping[str, str]


def sent_from(tables: Mapping[str, Names]) -> list[Use]:
    """Deliveries of mounted tables, by their slugs: what each of our columns is in the origin."""
    rows = Delivery.objects.filter(grant__request__resource__slug__in=tables).order_by("pk")
    told = list(rows)
    terms = terms_by_grant(one.grant_id for one in told)
    found = []
    for one in told:
        its = terms[one.grant_id]
        fields = tables[its.resource]
        names = {fields[name]: name for name in its.columns if name in fields}
        href = reverse("delivery:delivery", args=[one.public_id])
        words = f"库表交付：{its.title}送到{its.consumer_name}"
        found.append(Use(words, href, frozenset(names), names))
    return found


def _uses(slug: str) -> Sequence[Use]:
    mounted = resources_over([slug])
    sent = sent_from({one.slug: one.contract["fields"] for one in mounted})
    return [*(_mounted(one) for one in mounted), *sent]


def _mounted(one: ResourceLine) -> Use:
    href = reverse("exchange:resource", args=[one.slug])
    fields = one.contract["fields"]
    names = {fields[told.column]: told.name for told in one.columns}
    return Use(f"挂载的库表：{one.title}", href, frozenset(names), names)


USER = TableUser(slug="delivery", uses=_uses)
