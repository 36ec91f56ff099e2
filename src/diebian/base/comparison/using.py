"""Which columns of a table the comparisons read."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.lake.public import TableUser, Use

from .models import Comparison
from .plan import Side, plan_of


def _uses(slug: str) -> Sequence[Use]:
    rows = Comparison.objects.filter(Q(left__slug=slug) | Q(right__slug=slug))
    return [_use(one, slug) for one in rows.select_related("left", "right").order_by("pk")]


def _use(one: Comparison, slug: str) -> Use:
    plan, sides = plan_of(one.plan), {"left": one.left.slug, "right": one.right.slug}
    names: dict[str, str] = {}
    for side in (side for side, of in sides.items() if of == slug):
        own: Side = getattr(plan, side)
        names |= {own.id_number: "按它认人"}
        names |= {own.only_column: "只比其中一些行"} if own.only_column else {}
        names |= {str(getattr(rule, side)): rule.name for rule in plan.rules}
    href = reverse("comparison:comparison", args=[one.slug])
    return Use(f"比对：{one.title}", href, frozenset(names), names)


USER = TableUser(slug="comparison", uses=_uses)
