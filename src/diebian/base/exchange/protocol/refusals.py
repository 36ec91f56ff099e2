"""What a call can be refused with. Stable codes; gateway, broker and client speak the same ones."""

from collections.abc import Mapping

from diebian.kernel.errors import DiebianError


class NotGranted(DiebianError):
    code, status, title = "exchange.not_granted", 403, "没有取得这项数据的授权"


class OverLimit(DiebianError):
    code, status, title = "exchange.over_limit", 429, "调用频率超过授权额度，请稍后再试"


class OverDailyLimit(DiebianError):
    code, status, title = (
        "exchange.over_daily_limit",
        429,
        "今天的调用次数已用完，明天零点起可以再调用",
    )


class TooManyGuesses(DiebianError):
    code, status, title = (
        "exchange.too_many_guesses",
        429,
        "今天对这个人核验的次数太多，明天再核验，或请本人到场",
    )


class CaseNotLive(DiebianError):
    code, status, title = (
        "exchange.case_not_live",
        403,
        "这件事没有登记、已经办结，或者不是这个人的，不能核验；请先登记正在办的事",
    )


class ClaimMissing(DiebianError):
    code, status, title = (
        "exchange.claim_missing",
        400,
        "只核验的授权要在 claims 里写明核对哪几项、各是什么",
    )


class Busy(DiebianError):
    code, status, title = (
        "exchange.busy",
        503,
        "现在查询的人很多，排队没有排到，请过一会儿再试",
    )


class CircuitOpen(DiebianError):
    code, status, title = (
        "exchange.circuit_open",
        503,
        "上级平台连续没有答好，暂停转发，过一会儿自动再试；办件可以先存着，不用重填",
    )

    def __init__(self, *, retry_after: int = 1) -> None:
        super().__init__()
        self.extra = {"retry_after": retry_after}  # seconds; goes into the problem and the head


class InLine(DiebianError):
    """Not refused: sent off with a ticket that keeps the place."""

    code, status, title = "exchange.in_line", 503, "现在查询的人很多，已经替您排上队，到时再查一次"

    def __init__(
        self, *, ticket: str = "", place: int = 1, expected_seconds: int = 1, retry_after: int = 1
    ) -> None:
        super().__init__()
        self.extra = {
            "ticket": ticket,
            "place": place,
            "expected_seconds": expected_seconds,
            "retry_after": retry_after,
        }


class LineFull(DiebianError):
    code, status, title = (
        "exchange.line_full",
        503,
        "排队的人太多，暂时排不进去，请过一分钟再查",
    )

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.extra = {"retry_after": retry_after}


class UpstreamQuotaUsed(DiebianError):
    """`is_told`: the node said so itself, our own count had places left."""

    code, status, title = (
        "exchange.upstream_quota_used",
        429,
        "上级平台今天给本市的次数已用完，明天零点起可以再调用",
    )

    def __init__(self, detail: str = "", *, is_told: bool = False) -> None:
        super().__init__(detail)
        self.is_told = is_told


class CallIncomplete(DiebianError):
    code, status, title = "exchange.call_incomplete", 400, "调用缺少用途、办件、对象或参数"


class CallUnreadable(DiebianError):
    code, status, title = "exchange.call_unreadable", 400, "请求内容不是约定的格式"


class ParameterUnknown(DiebianError):
    code, status, title = "exchange.parameter_unknown", 400, "请求里有接口约定之外的参数"


class TooLarge(DiebianError):
    code, status, title = "exchange.too_large", 413, "请求内容太大"


class UpstreamUnavailable(DiebianError):
    code, status, title = "exchange.upstream_unavailable", 503, "提供部门的系统暂时联系不上"


class UpstreamWrong(DiebianError):
    code, status, title = "exchange.upstream_wrong", 502, "提供部门的系统没有按约定答复"


class ColumnsGone(UpstreamWrong):
    """The provider mounted anew without them: the granted columns cannot be told any more."""

    code, status, title = (
        "exchange.columns_gone",
        502,
        "提供部门的接口里已没有授权的信息项，已经告诉提供部门，请联系它",
    )


class TicketWrong(DiebianError):
    code, status, title = "exchange.ticket_wrong", 422, "排队号不对，请回到查询的地方重新查询"


class BrokerFailed(DiebianError):
    code, status, title = "exchange.broker_failed", 500, "数据服务内部出错，已经记录，请稍后再试"


class GatewayUnavailable(DiebianError):
    """To a caller: it was not let in or nobody answered, for a reason that may pass by itself."""

    code, status, title = "exchange.gateway_unavailable", 503, "数据共享网关暂时联系不上"


class NoValidToken(GatewayUnavailable):
    code, status, title = "exchange.no_valid_token", 401, "缺少有效的访问令牌"


class HeadersTooLarge(GatewayUnavailable):
    code, status, title = "exchange.headers_too_large", 431, "请求头太大"


class Malformed(GatewayUnavailable):
    code, status, title = "exchange.malformed", 400, "请求未被受理，请核对地址和请求头"


class BrokerUnavailable(GatewayUnavailable):
    code, status, title = "exchange.gateway_upstream", 503, "数据服务暂时不可用，请稍后再试"


class NotAccepted(GatewayUnavailable):
    code, status, title = "exchange.not_accepted", 400, "请求未被受理，请稍后再试"


class NothingLeft(DiebianError):
    code, status, title = (
        "exchange.nothing_left",
        403,
        "授权的信息项都已改为不予共享，不再提供；请与提供部门联系",
    )


REFUSALS: Mapping[str, type[DiebianError]] = {
    kind.code: kind
    for kind in list(globals().values())
    if isinstance(kind, type) and issubclass(kind, DiebianError) and kind is not DiebianError
}
