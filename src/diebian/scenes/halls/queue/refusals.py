from diebian.kernel.errors import DiebianError


class NobodyWaits(DiebianError):
    code, status, title = "halls.nobody_waits", 409, "现在没有等您这个窗口的号"


class NothingCalled(DiebianError):
    code, status, title = "halls.nothing_called", 409, "手上没有号，请先叫下一位"


class WaitsAlready(DiebianError):
    code, status, title = (
        "halls.waits_already",
        409,
        "您已经有一个号在排，办完或不等了才能再取",
    )


class TicketOver(DiebianError):
    code, status, title = "halls.ticket_over", 409, "这个号已经不在排队，请重新取号"


class NumberWrong(DiebianError):
    code, status, title = (
        "halls.number_wrong",
        422,
        "身份证号不对，请再刷一次；也可以不刷，直接取号",
    )
