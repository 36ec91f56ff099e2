"""A theme goes with its items: who changes one is told of it, and it is compiled again."""

from collections.abc import Collection

from diebian.scenes.services.items.desk import Touch
from diebian.scenes.services.items.following import Follower
from diebian.scenes.services.items.models import ServiceItem
from diebian.security.identity.public import PLATFORM

from .actions import follow_items
from .models import Theme

SHOWN = 3


def _follow(codes: Collection[str]) -> None:
    follow_items(codes=codes, by=PLATFORM)


def _touched(item: ServiceItem) -> str:
    rows = Theme.objects.filter(places__contains=[{"code": item.code}], retired_on=None)
    names = list(rows.order_by("code").values_list("name", flat=True))
    if not names:
        return ""
    more = "等" if len(names) > SHOWN else ""
    told = "、".join(f"“{name}”" for name in names[:SHOWN])
    return f"{len(names)} 件一件事要重新编：{told}{more}；在办的照开始时的那一版办完"


FOLLOWER = Follower(slug="themes", follow=_follow)
THEMES = Touch(slug="themes", says=_touched)
