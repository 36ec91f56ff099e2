from diebian.kernel.errors import DiebianError


class DayFull(DiebianError):
    code, status, title = "halls.visits_full", 409, "这一天上门的已经排满，请另选一天"


class VisitDayWrong(DiebianError):
    code, status, title = "halls.visit_day_wrong", 422, "这一天不能上门，请选列出的工作日"


class VisitUnclear(DiebianError):
    code, status, title = (
        "halls.visit_unclear",
        422,
        "请写明姓名、电话、在哪个街道或村、地址和办什么事，好让帮办的人找得到",
    )


class VisitOver(DiebianError):
    code, status, title = "halls.visit_over", 409, "这次上门已经结束，请看它现在的状态"


class OutcomeMissing(DiebianError):
    code, status, title = "halls.outcome_missing", 422, "请写一句：办了什么，或为什么没见到人"


class VisitElsewhere(DiebianError):
    code, status, title = "halls.visit_elsewhere", 409, "这次上门已由别的帮办人员接下"
