"""The door of messages: say a fact, hear facts, tell a person."""

from .actions import notify, notify_all, retry, send
from .ladders import climbed, office_at
from .message import Message
from .selectors import Backlog, IllMessage, backlog, ill_messages, unread
from .subscriptions import Subscription, subscriptions

__all__ = [
    "Backlog",
    "IllMessage",
    "Message",
    "Subscription",
    "backlog",
    "climbed",
    "ill_messages",
    "notify",
    "notify_all",
    "office_at",
    "retry",
    "send",
    "subscriptions",
    "unread",
]
