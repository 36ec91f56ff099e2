"""What can go wrong when the gateway is to serve something else."""

from diebian.kernel.errors import DiebianError


class BrokenConfiguration(DiebianError):
    code, status, title = "exchange.broken_configuration", 500, "网关配置没有通过检查，仍用原来的"


class NotServed(DiebianError):
    code, status, title = (
        "exchange.not_served",
        503,
        "已经记下，网关还没有生效；系统每分钟会再试，请稍后查看",
    )
