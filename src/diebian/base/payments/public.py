"""The door of payments: what is owed, paid, taken at a window, given back."""

from .actions import Line, Owed, end_order, make_order, take_at_window
from .models import Order, State, Way
from .paying import ask_to_pay, look_again
from .provider import is_set_up
from .refusals import NotOpen, ProviderAway, ProviderRefused, SlipMissing
from .rows import TOPIC
from .selectors import is_paid, live_trade, open_orders, order_of, refund_of

__all__ = [
    "TOPIC",
    "Line",
    "NotOpen",
    "Order",
    "Owed",
    "ProviderAway",
    "ProviderRefused",
    "SlipMissing",
    "State",
    "Way",
    "ask_to_pay",
    "end_order",
    "is_paid",
    "is_set_up",
    "live_trade",
    "look_again",
    "make_order",
    "open_orders",
    "order_of",
    "refund_of",
    "take_at_window",
]
