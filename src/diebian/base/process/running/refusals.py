from diebian.kernel.errors import DiebianError


class NoSuchCase(DiebianError):
    code, status, title = "process.no_such_case", 404, "没有这一件"


class AlreadyOpened(DiebianError):
    code, status, title = "process.already_opened", 409, "这一件已经立过了"


class CaseClosed(DiebianError):
    code, status, title = "process.case_closed", 409, "这一件已经办结"


class TaskDone(DiebianError):
    code, status, title = "process.task_done", 409, "这一步已经不在办理了"


class OutcomeUnknown(DiebianError):
    code, status, title = "process.outcome_unknown", 422, "这一步没有这个结果"


class NobodyWaits(DiebianError):
    code, status, title = "process.nobody_waits", 409, "这一件没有在等这个消息"


class NotStuck(DiebianError):
    code, status, title = "process.not_stuck", 409, "这件事已经处理好了"


class ReasonMissing(DiebianError):
    code, status, title = "process.reason_missing", 422, "请写明理由"


class Trouble(Exception):
    """A case cannot go on by itself. It stands where it is and becomes an incident, for a person;
    no caller sees it: whoever did a step has done it."""
