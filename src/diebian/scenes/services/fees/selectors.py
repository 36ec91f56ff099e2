"""How the fee of a case stands. Cases whose item costs nothing ask the database nothing."""

from diebian.base.payments.public import Order, State, order_of
from diebian.scenes.services.items.facts import Charging, charging_in
from diebian.scenes.services.models import Case

PREFIX = "case:"


def matter_of(case: Case) -> str:
    return f"{PREFIX}{case.case_no}"


def charging_of(case: Case) -> Charging | None:
    return charging_in(case.version.document.get("charging"))


def fee_of(case: Case) -> Order | None:
    """None before it is asked for, and where nothing is owed."""
    return order_of(matter_of(case)) if charging_of(case) else None


def open_fee(case: Case) -> Order | None:
    """What the person has to pay now, so that the case goes on."""
    order = fee_of(case)
    return order if order is not None and order.state == State.OPEN else None
