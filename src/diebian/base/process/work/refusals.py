from diebian.kernel.errors import DiebianError


class HeldBySomebody(DiebianError):
    code, status, title = "process.held_by_somebody", 409, "这一步已经有人在办"


class NotHeld(DiebianError):
    code, status, title = "process.not_held", 409, "这一步没有人认领"


class NoSuchColleague(DiebianError):
    code, status, title = "process.no_such_colleague", 422, "这个人在这个部门里没有这个岗位"


class NoSuchDesk(DiebianError):
    code, status, title = "process.no_such_desk", 422, "没有这个部门或这个岗位"


class NoWayBack(DiebianError):
    code, status, title = "process.no_way_back", 409, "不能退回到那一步"


class UrgedToday(DiebianError):
    code, status, title = "process.urged_today", 409, "今天已经催办过了"


class NotAsked(DiebianError):
    code, status, title = "process.not_asked", 409, "这一步没有请您会签，或者已经答复"


class TooMany(DiebianError):
    code, status, title = "process.too_many", 422, "一次办得太多"
