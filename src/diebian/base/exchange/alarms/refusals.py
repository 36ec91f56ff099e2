"""What whoever looks into an alarm can be refused with."""

from diebian.kernel.errors import DiebianError


class AlarmOver(DiebianError):
    code, status, title = "exchange.alarm_over", 409, "这次异常查询已经核实过，请刷新后再看"
