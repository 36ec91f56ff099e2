"""What is wrong with a file that somebody drew, all of it told at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from diebian.kernel.errors import DiebianError

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, and in words for whoever drew it."""

    line: int
    element: str
    sentence: str
    code: str = ""  # for counting; the sentence is for reading

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.element or '（没有 id）'}：{self.sentence}"


class FileRefused(DiebianError):
    code, status, title = "process.file_refused", 422, "文件还不能使用"

    def __init__(self, problems: Sequence[Problem]):
        told = [str(one) for one in problems]
        more = f"（还有 {len(told) - SHOWN} 处）" if len(told) > SHOWN else ""
        super().__init__("；".join(told[:SHOWN]) + more, fields={"file": told})
        self.problems = tuple(problems)
