"""The exchange's door: asking under a grant, and how a grant comes about."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .actions import (
    agree,
    answer_supplement,
    approve_request,
    ask_supplement,
    decline_request,
    end_season,
    open_season,
    provision,
    refuse,
    register_upstream,
    request_share,
    resume,
    revoke,
    suspend,
)
from .client import Answer, Errand, Verification, call, fitting, verify
from .departments import UpstreamUnavailable, UpstreamWrong
from .figures import KindCalls, calls_by_kind, upstream_systems
from .guesses import guesses_left
from .holders import Holder, holders_of, was_granted
from .live_cases import close_case, open_case
from .models import Call, Mode
from .months import months_on
from .own_answers import OwnAnswers, own_answers
from .probing import probe, probe_all
from .proxied import is_upstream
from .refusals import (
    AlreadyAsked,
    BrokenConfiguration,
    Busy,
    CallIncomplete,
    CallUnreadable,
    CaseNotLive,
    CircuitOpen,
    ColumnsMissing,
    ColumnsWithheld,
    ColumnUnknown,
    GatewayUnavailable,
    GrantEnded,
    InLine,
    LineFull,
    ModeUnfit,
    NoSystem,
    NotGranted,
    NothingLeft,
    NotOpen,
    NotServed,
    NotShared,
    OverDailyLimit,
    OverLimit,
    ParameterUnknown,
    ReasonMissing,
    RegionUnknown,
    SupplementAsked,
    TermsUnclear,
    TooLarge,
    TooManyGuesses,
    UpstreamQuotaUsed,
    WrongState,
)
from .request_panels import (
    RequestPanel,
    ResourcePanel,
    panels_of_resource,
    request_panels,
    resource_panels,
)
from .season_watch import is_season
from .selectors import Metering, calls, is_asked, last_call_at, metered_until, metering
from .shares import Share, share, shares
from .terms import GrantTerms, granted_terms, hold, in_force_of, terms_by_grant, terms_of
from .use_books import UseBook, Used, use_books
from .uses import count_use
from .volume import Per, Quantity, Unit, Volume
from .volume_lines import VolumeLine, volume_line

if TYPE_CHECKING:
    from .bench.crowd import CrowdRig
    from .bench.crowd import Kind as CallKind

__all__ = [
    "AlreadyAsked",
    "Answer",
    "BrokenConfiguration",
    "Busy",
    "Call",
    "CallIncomplete",
    "CallKind",
    "CallUnreadable",
    "CaseNotLive",
    "CircuitOpen",
    "ColumnUnknown",
    "ColumnsMissing",
    "ColumnsWithheld",
    "CrowdRig",
    "Errand",
    "GatewayUnavailable",
    "GrantEnded",
    "GrantTerms",
    "Holder",
    "InLine",
    "KindCalls",
    "LineFull",
    "Metering",
    "Mode",
    "ModeUnfit",
    "NoSystem",
    "NotGranted",
    "NotOpen",
    "NotServed",
    "NotShared",
    "NothingLeft",
    "OverDailyLimit",
    "OverLimit",
    "OwnAnswers",
    "ParameterUnknown",
    "Per",
    "Quantity",
    "ReasonMissing",
    "RegionUnknown",
    "RequestPanel",
    "ResourcePanel",
    "Share",
    "SupplementAsked",
    "TermsUnclear",
    "TooLarge",
    "TooManyGuesses",
    "Unit",
    "UpstreamQuotaUsed",
    "UpstreamUnavailable",
    "UpstreamWrong",
    "UseBook",
    "Used",
    "Verification",
    "Volume",
    "VolumeLine",
    "WrongState",
    "agree",
    "answer_supplement",
    "approve_request",
    "ask_supplement",
    "bench_rig",
    "call",
    "calls",
    "calls_by_kind",
    "close_case",
    "count_use",
    "decline_request",
    "end_season",
    "fitting",
    "granted_terms",
    "guesses_left",
    "hold",
    "holders_of",
    "in_force_of",
    "is_asked",
    "is_season",
    "is_upstream",
    "last_call_at",
    "metered_until",
    "metering",
    "months_on",
    "open_case",
    "open_season",
    "own_answers",
    "panels_of_resource",
    "probe",
    "probe_all",
    "provision",
    "refuse",
    "register_upstream",
    "request_panels",
    "request_share",
    "resource_panels",
    "resume",
    "revoke",
    "share",
    "shares",
    "suspend",
    "terms_by_grant",
    "terms_of",
    "upstream_systems",
    "use_books",
    "verify",
    "volume_line",
    "was_granted",
]


def bench_rig(folder: Path, systems: Sequence[str]) -> "CrowdRig":
    """The read path alone, where an origin answers at once for these systems, and a crowd that
    calls. For benches of components above.
    """
    from .bench.crowd import CrowdRig

    return CrowdRig(folder, systems)
