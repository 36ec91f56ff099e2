"""The door of messages: say a fact, hear facts, tell a person."""

from .actions import notify, retry, send
from .message import Message
from .selectors import Backlog, IllMessage, backlog, ill_messages, unread_count
from .subscriptions import Subscription, subscriptions

__all__ = [
    "Backlog",
    "IllMessage",
    "Message",
    "Subscription",
    "backlog",
    "ill_messages",
    "notify",
    "retry",
    "send",
    "subscriptions",
    "unread_count",
]
