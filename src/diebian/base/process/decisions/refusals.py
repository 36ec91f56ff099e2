"""What decisions refuse, and with which words."""

from diebian.base.process.problems import FileRefused
from diebian.kernel.errors import DiebianError


class NotAccepted(FileRefused):
    code, status, title = "process.decision_not_accepted", 422, "决策文件还不能使用"


class NoSuchDecision(DiebianError):
    code, status, title = "process.no_such_decision", 404, "文件里没有这个决策"


class NoRule(DiebianError):
    code, status, title = "process.no_rule", 409, "没有一条规则适用"


class ManyRules(DiebianError):
    code, status, title = "process.many_rules", 409, "不止一条规则适用，结果不一致"


class NotAllowed(DiebianError):
    code, status, title = "process.value_not_allowed", 409, "数据不是所允许的"
