from diebian.kernel.errors import DiebianError


class HallClosed(DiebianError):
    code, status, title = (
        "halls.closed",
        409,
        "现在不是大厅的办公时间，不能取号；可以预约别的日子",
    )


class KindUnknown(DiebianError):
    code, status, title = "halls.kind_unknown", 422, "这个大厅没有办这类业务的窗口，请另选一种"


class WindowTaken(DiebianError):
    code, status, title = "halls.window_taken", 409, "这个窗口已有人在岗，请选别的窗口"


class NotSeated(DiebianError):
    code, status, title = "halls.not_seated", 409, "请先选您在哪个窗口，再叫号"


class StillServing(DiebianError):
    code, status, title = "halls.still_serving", 409, "手上还有一个号，请先办完、过号或转走"
