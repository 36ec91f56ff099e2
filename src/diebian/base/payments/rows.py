"""What every verb needs: the locked order, the trace, the word to whoever it is for."""

import secrets
from datetime import timedelta

from diebian.base.messages.public import send
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor

from .models import Order, Refund, State, Trade

TOPIC = "payments.order"
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
MOST_DOUBLINGS = 10


def a_key(letter: str) -> str:
    """The city's day, and what nobody can guess."""
    return f"{letter}{clock.today():%Y%m%d}{secrets.randbelow(10**10):010d}"


def locked(**named: str) -> Order:
    rows = Order.objects.select_for_update(of=("self",)).select_related("department")
    order = rows.filter(**named).exclude(state=State.VOID).first()
    if order is None:
        raise NotFound
    return order


def happened(order: Order, kind: str, by: Actor, says: str = "") -> None:
    """In the trail, and told to whoever made the order for a matter."""
    audit.record(by=by, action=f"payments.order.{kind}", subject=order.audit_subject)
    told = {"matter": order.matter, "number": order.number, "yuan": order.yuan, "says": says}
    send(topic=f"{TOPIC}.{kind}", key=order.number, body=told, by=PLATFORM)


def give_back(order: Order, why: str, trade: Trade | None) -> Refund:
    """Asked once for a trade, once at a window. The job sends it on."""
    told = {"key": a_key("R"), "fen": order.fen, "why": why[:200], "made_at": clock.now(),
            "next_try_at": clock.now()}  # fmt: skip
    made, _ = Refund.objects.get_or_create(order=order, trade=trade, defaults=told)
    return made


def pause(tries: int) -> timedelta:
    """Longer after each try."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries, MOST_DOUBLINGS)
    return min(doubled, LONGEST_PAUSE)
