"""What a call can be refused with. Stable codes; gateway, broker and client speak the same ones."""

from diebian.kernel.errors import DiebianError

LARGEST_BODY = 64 * 1024  # bytes of a call's body


class NotGranted(DiebianError):
    code, status, title = "exchange.not_granted", 403, "没有取得这项数据的授权"


class OverLimit(DiebianError):
    code, status, title = "exchange.over_limit", 429, "调用频率超过授权额度，请稍后再试"


class CallIncomplete(DiebianError):
    code, status, title = "exchange.call_incomplete", 400, "调用缺少用途、办件、对象或参数"


class CallUnreadable(DiebianError):
    code, status, title = "exchange.call_unreadable", 400, "请求内容不是约定的格式"


class ParameterUnknown(DiebianError):
    code, status, title = "exchange.parameter_unknown", 400, "请求里有接口约定之外的参数"


class TooLarge(DiebianError):
    code, status, title = "exchange.too_large", 413, "请求内容太大"


class BrokerFailed(DiebianError):
    code, status, title = "exchange.broker_failed", 500, "数据服务内部出错，已经记录，请稍后再试"


class GatewayUnavailable(DiebianError):
    code, status, title = "exchange.gateway_unavailable", 503, "数据共享网关暂时联系不上"


class BrokenConfiguration(DiebianError):
    code, status, title = "exchange.broken_configuration", 500, "网关配置没有通过检查，仍用原来的"


class NotServed(DiebianError):
    code, status, title = (
        "exchange.not_served",
        503,
        "已经记下，网关还没有生效；系统每分钟会再试，请稍后查看",
    )
