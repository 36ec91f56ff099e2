"""Which columns of a table the bases are made from, and what is answered with what came of them."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from diebian.base.catalogue.public import Kind, ResourceLine
from diebian.base.delivery.public import sent_from
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
    offers = offers_of(one.base)
    sent = _sent([offer for offer in offers if offer.kind == Kind.TABLE], source)
    return [made, *(_offer(offer, plan, source) for offer in offers), *sent]


def _sent(tables: Sequence[ResourceLine], source: Source) -> list[Use]:
    """Deliveries of the base, as far as this source feeds what is sent."""
    told = sent_from({one.slug: one.contract["fields"] for one in tables})
    found = []
    for use in told:
        names = _names(source, use.names)
        found.append(Use(use.words, use.href, frozenset(names), names))
    return found


def _offer(offer: ResourceLine, plan: Plan, source: Source) -> Use:
    """What gives the base's columns to others, as far as this source feeds them."""
    told = {line.column: line.name for line in offer.columns}
    asked = {theirs: told[ours] for ours, theirs in offer.contract["fields"].items()}
    names = _names(source, asked)
    href = reverse("exchange:resource", args=[offer.slug])
    return Use(
        f"{offer.kind.label}：{offer.title}（经{plan.title}）", href, frozenset(names), names
    )


def _names(source: Source, titles: Mapping[str, str]) -> dict[str, str]:
    """By the source's columns: one may feed several of the base's."""
    found: dict[str, list[str]] = {}
    for name, fed in source.columns.items():
        if name in titles:
            found.setdefault(fed.column, []).append(titles[name])
    return {column: "、".join(names) for column, names in found.items()}


USER = TableUser(slug="masterdata", uses=_uses)
