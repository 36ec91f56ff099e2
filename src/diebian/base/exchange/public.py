"""The exchange's door: asking under a grant, and how a grant comes about."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .adapters.own_answers import OwnAnswers, own_answers
from .adapters.probing import probe, probe_all
from .broker.guesses import guesses_left
from .cases.actions import close_case, open_case
from .client import Answer, Errand, Verification, call, fitting, verify
from .console.volume_lines import VolumeLine, volume_line
from .grants.models import Mode
from .grants.months import months_on
from .grants.refusals import ModeUnfit
from .grants.shares import Share, share, shares
from .grants.terms import (
    GrantTerms,
    granted_terms,
    hold,
    in_force_of,
    in_force_over,
    terms_by_grant,
    terms_of,
)
from .grants.volume import Per, Quantity, Unit, Volume
from .metering.figures import KindCalls, calls_by_kind, upstream_systems
from .metering.holders import Holder, holders_of, was_granted
from .metering.models import Call
from .metering.selectors import calls, last_call_at, metered_until
from .metering.use_books import UseBook, Used, use_books
from .metering.uses import count_use
from .protocol.refusals import (
    Busy,
    CaseNotLive,
    CircuitOpen,
    GatewayUnavailable,
    InLine,
    LineFull,
    NotGranted,
    OverDailyLimit,
    OverLimit,
    TooManyGuesses,
    UpstreamQuotaUsed,
    UpstreamUnavailable,
    UpstreamWrong,
)
from .requests.actions import (
    agree,
    approve_request,
    provision,
    refuse,
    request_share,
    resume,
    revoke,
    suspend,
)
from .requests.refusals import (
    ColumnsWithheld,
    TermsUnclear,
    WrongState,
)
from .requests.request_panels import (
    RequestPanel,
    ResourcePanel,
    panels_of_resource,
    request_panels,
    resource_panels,
)
from .requests.selectors import asked_now, is_asked
from .seasons.actions import open_season
from .seasons.selectors import is_season
from .upstreams.actions import register_upstream
from .upstreams.selectors import is_upstream

if TYPE_CHECKING:
    from .bench.crowd import CrowdRig
    from .bench.crowd import Kind as CallKind

__all__ = [
    "Answer",
    "Busy",
    "Call",
    "CallKind",
    "CaseNotLive",
    "CircuitOpen",
    "ColumnsWithheld",
    "CrowdRig",
    "Errand",
    "GatewayUnavailable",
    "GrantTerms",
    "Holder",
    "InLine",
    "KindCalls",
    "LineFull",
    "Mode",
    "ModeUnfit",
    "NotGranted",
    "OverDailyLimit",
    "OverLimit",
    "OwnAnswers",
    "Per",
    "Quantity",
    "RequestPanel",
    "ResourcePanel",
    "Share",
    "TermsUnclear",
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
    "approve_request",
    "asked_now",
    "bench_rig",
    "call",
    "calls",
    "calls_by_kind",
    "close_case",
    "count_use",
    "fitting",
    "granted_terms",
    "guesses_left",
    "hold",
    "holders_of",
    "in_force_of",
    "in_force_over",
    "is_asked",
    "is_season",
    "is_upstream",
    "last_call_at",
    "metered_until",
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
