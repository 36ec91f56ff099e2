"""What hangs on an item among the cases: those that run keep the version that they began with."""

from .items.desk import Touch
from .items.models import ServiceItem
from .models import OPEN, Case, State


def _running(item: ServiceItem) -> str:
    count = Case.objects.filter(item=item, state__in=[State.DRAFT, *OPEN]).count()
    return f"{count} 件在办，照它们开始时的那一版办完" if count else ""


CASES = Touch(slug="cases", says=_running)
