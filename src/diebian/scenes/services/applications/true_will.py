"""Of several items at once: asked where one of them asks for it (老年人权益保障法 第五十五条)."""

from diebian.scenes.services.models import ServiceItem
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.true_will import is_unsaid
from diebian.security.identity.public import Actor


def asking(of: Application) -> list[str]:
    """Names of the members that ask for it."""
    rows = ServiceItem.objects.filter(code__in=of.members, asks_true_will=True)
    return list(rows.order_by("code").values_list("name", flat=True))


def is_missing(of: Application, by: Actor) -> bool:
    return bool(asking(of)) and is_unsaid(of, by)
