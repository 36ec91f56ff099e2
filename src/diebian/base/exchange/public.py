"""The exchange's door: asking under a grant, and how a grant comes about."""

from .actions import (
    ColumnUnknown,
    NotShared,
    ReasonMissing,
    WrongState,
    agree,
    approve_request,
    provision,
    refuse,
    request_share,
    revoke,
)
from .client import Answer, call
from .departments import UpstreamUnavailable, UpstreamWrong, probe
from .models import Call
from .refusals import CallIncomplete, GatewayUnavailable, NotGranted, OverLimit
from .selectors import calls, is_asked, last_call_at, metered_until

__all__ = [
    "Answer",
    "Call",
    "CallIncomplete",
    "ColumnUnknown",
    "GatewayUnavailable",
    "NotGranted",
    "NotShared",
    "OverLimit",
    "ReasonMissing",
    "UpstreamUnavailable",
    "UpstreamWrong",
    "WrongState",
    "agree",
    "approve_request",
    "call",
    "calls",
    "is_asked",
    "last_call_at",
    "metered_until",
    "probe",
    "provision",
    "refuse",
    "request_share",
    "revoke",
]
