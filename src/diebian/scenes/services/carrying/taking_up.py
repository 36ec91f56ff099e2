"""Cases that were under way before there was an engine: each is brought onto its way, once."""

from django.db import transaction

from diebian.base.process.public import known_keys
from diebian.scenes.services.models import OPEN, Case

from .following import KEY, carrier_of


def take_up() -> int:
    """Returns how many. Run again, or killed midway, it brings none twice."""
    open_ones = Case.objects.filter(state__in=OPEN).order_by("received_at", "pk")
    numbers = list(open_ones.values_list("case_no", flat=True))
    known = known_keys([f"{KEY}{one}" for one in numbers])
    return sum(_taken_up(one) for one in numbers if f"{KEY}{one}" not in known)


@transaction.atomic
def _taken_up(case_no: str) -> bool:
    rows = Case.objects.select_for_update(of=("self",)).select_related("item", "department")
    case = rows.get(case_no=case_no)
    if case.state not in OPEN:
        return False
    carrier_of(case)
    return True
