"""Which columns of a table the bases are made from, and what is answered with what came of them."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine
from diebian.base.lake.public import TableUser, Use

from .models import BaseVersion
from .offering import offers_of
from .plan import Plan, Source, plan_of
from .selectors import newest_versions


def _uses(slug: str) -> Sequence[Use]:
    rows = newest_versions().filter(sources__slug=slug)
    told = rows.select_related("base").order_by("base__slug")
    return [use for one in told for use in _of_base(one, slug)]


def _of_base(one: BaseVersion, slug: str) -> list[Use]:
    plan = plan_of(one.plan)
    source = next(of for of in plan.sources if of.table == slug)
    titles = {column.name: column.title for column in plan.columns}
    href = reverse("masterdata:base", args=[one.base.slug])
    names = _names(source, titles)
    made = Use(f"基础库：{one.base.title}", href, frozenset(source.used), names)
    return [made, *(_offer(offer, plan, source) for offer in offers_of(one.base))]


def _offer(offer: ResourceLine, plan: Plan, source: Source) -> Use:
    """The interface that answers with the base's columns, as far as this source feeds them."""
    told = {line.column: line.name for line in offer.columns}
    asked = {theirs: told[ours] for ours, theirs in offer.contract["fields"].items()}
    names = _names(source, asked)
    href = reverse("exchange:resource", args=[offer.slug])
    return Use(f"接口：{offer.title}（经{plan.title}）", href, frozenset(names), names)


def _names(source: Source, titles: Mapping[str, str]) -> dict[str, str]:
    """By the source's columns: one may feed several of the base's."""
    found: dict[str, list[str]] = {}
    for name, fed in source.columns.items():
        if name in titles:
            found.setdefault(fed.column, []).append(titles[name])
    return {column: "、".join(names) for column, names in found.items()}


USER = TableUser(slug="masterdata", uses=_uses)
