"""Which columns of a table the comparisons read."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from diebian.base.lake.public import TableUser, Use

from .models import Comparison
from .plan import plan_of


def _uses(slug: str) -> Sequence[Use]:
    rows = Comparison.objects.filter(Q(left__slug=slug) | Q(right__slug=slug))
    return [_use(one, slug) for one in rows.select_related("left", "right").order_by("pk")]


def _use(one: Comparison, slug: str) -> Use:
    plan, sides = plan_of(one.plan), {"left": one.left.slug, "right": one.right.slug}
    columns = [name for side, of in sides.items() if of == slug for name in plan.columns(side)]
    href = reverse("comparison:comparison", args=[one.slug])
    return Use(f"比对：{one.title}", href, frozenset(columns))


USER = TableUser(slug="comparison", uses=_uses)
