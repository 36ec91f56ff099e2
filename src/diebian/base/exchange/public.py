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
from .refusals import CallIncomplete, GatewayUnavailable, NotGranted, OverLimit
from .selectors import CallLine, calls_of_today, calls_today, is_asked, last_call_at

__all__ = [
    "Answer",
    "CallIncomplete",
    "CallLine",
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
    "calls_of_today",
    "calls_today",
    "is_asked",
    "last_call_at",
    "probe",
    "provision",
    "refuse",
    "request_share",
    "revoke",
]
