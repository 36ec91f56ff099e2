from collections.abc import Sequence
from dataclasses import dataclass

from diebian.kernel.errors import DiebianError

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a drawing: where, and in words for whoever drew it."""

    line: int
    element: str
    code: str  # for counting; the sentence is for reading
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.element or '（没有 id）'}：{self.sentence}"


class NotDeployable(DiebianError):
    code, status, title = "process.not_deployable", 422, "流程图还不能部署"

    def __init__(self, problems: Sequence[Problem]):
        told = [str(one) for one in problems]
        more = f"（还有 {len(told) - SHOWN} 处）" if len(told) > SHOWN else ""
        super().__init__("；".join(told[:SHOWN]) + more, fields={"file": told})
        self.problems = tuple(problems)


class NotDeployed(DiebianError):
    code, status, title = "process.not_deployed", 404, "没有部署过这个流程"


class NotOneDecision(DiebianError):
    code, status, title = "process.not_one_decision", 422, "文件要为且只为一个决策"
