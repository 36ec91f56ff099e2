"""What decisions refuse, and with which words."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.kernel.errors import DiebianError

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file: where, and in words for whoever drew it."""

    line: int
    element: str
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.element or '（没有 id）'}：{self.sentence}"


class NotAccepted(DiebianError):
    code, status, title = "process.decision_not_accepted", 422, "决策文件还不能使用"

    def __init__(self, problems: Sequence[Problem]):
        told = [str(one) for one in problems]
        more = f"（还有 {len(told) - SHOWN} 处）" if len(told) > SHOWN else ""
        super().__init__("；".join(told[:SHOWN]) + more, fields={"file": told})
        self.problems = tuple(problems)


class NoSuchDecision(DiebianError):
    code, status, title = "process.no_such_decision", 404, "文件里没有这个决策"


class NoRule(DiebianError):
    code, status, title = "process.no_rule", 409, "没有一条规则适用"


class ManyRules(DiebianError):
    code, status, title = "process.many_rules", 409, "不止一条规则适用，结果不一致"


class NotAllowed(DiebianError):
    code, status, title = "process.value_not_allowed", 409, "数据不是所允许的"
