"""What a call can be refused with. Stable codes; the broker and the client speak the same ones."""

from diebian.kernel.errors import DiebianError


class NotGranted(DiebianError):
    code, status, title = "exchange.not_granted", 403, "没有取得这项数据的授权"


class OverLimit(DiebianError):
    code, status, title = "exchange.over_limit", 429, "调用频率超过授权额度，请稍后再试"


class CallIncomplete(DiebianError):
    code, status, title = "exchange.call_incomplete", 400, "调用缺少用途、办件、对象或参数"


class GatewayUnavailable(DiebianError):
    code, status, title = "exchange.gateway_unavailable", 503, "数据共享网关暂时联系不上"
