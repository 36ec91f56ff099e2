"""From a request to a grant and back. Each verb belongs to somebody: see `policy`."""

from .answering import agree, answer_extension, ask_extension, ask_supplement, refuse
from .asking import answer_supplement, approve_request, decline_request, renew, request_share
from .granting import confirm_disposal, end_expired, provision, revoke
from .moving_nodes import change_address
from .passing_on import change_key, register_upstream
from .reminding import remind
from .ruling import agree_by_ruling
from .seasons import end_season, open_season
from .suspending import rectify, resume, send_back, suspend
from .watching import look_into, watch_looks
from .withholding import say_what_is_withheld

__all__ = [
    "agree",
    "agree_by_ruling",
    "answer_extension",
    "answer_supplement",
    "approve_request",
    "ask_extension",
    "ask_supplement",
    "change_address",
    "change_key",
    "confirm_disposal",
    "decline_request",
    "end_expired",
    "end_season",
    "look_into",
    "open_season",
    "provision",
    "rectify",
    "refuse",
    "register_upstream",
    "remind",
    "renew",
    "request_share",
    "resume",
    "revoke",
    "say_what_is_withheld",
    "send_back",
    "suspend",
    "watch_looks",
]
