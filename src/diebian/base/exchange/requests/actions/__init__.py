"""From a request to a grant and to its end. Each verb belongs to somebody: see `policy`."""

from .answering import agree, answer_extension, ask_extension, ask_supplement, refuse
from .asking import answer_supplement, approve_request, decline_request, renew, request_share
from .granting import confirm_disposal, end_expired, provision, revoke
from .reminding import remind
from .ruling import agree_by_ruling
from .suspending import rectify, resume, send_back, suspend
from .withholding import say_what_is_withheld

__all__ = [
    "agree",
    "agree_by_ruling",
    "answer_extension",
    "answer_supplement",
    "approve_request",
    "ask_extension",
    "ask_supplement",
    "confirm_disposal",
    "decline_request",
    "end_expired",
    "provision",
    "rectify",
    "refuse",
    "remind",
    "renew",
    "request_share",
    "resume",
    "revoke",
    "say_what_is_withheld",
    "send_back",
    "suspend",
]
