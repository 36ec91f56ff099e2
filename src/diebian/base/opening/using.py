"""Which columns of a table are open to everybody, or proposed to be."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.base.lake.public import TableUser, Use

from .models import Dataset, State


def _uses(slug: str) -> Sequence[Use]:
    rows = Dataset.objects.filter(collection__slug=slug).exclude(state=State.WITHDRAWN)
    return [
        Use(
            f"开放数据：{one.title}（{one.get_state_display()}）",
            reverse("opening:dataset", args=[one.public_id]),
            frozenset(told["name"] for told in one.columns),
            {told["name"]: told["title"] for told in one.columns},
        )
        for one in rows.order_by("pk")
    ]


USER = TableUser(slug="opening", uses=_uses)
