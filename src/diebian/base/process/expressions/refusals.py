"""What expressions refuse, and with which words."""

from diebian.kernel.errors import DiebianError


class Refused(DiebianError):
    """At reading. `at` counts characters from 0; the sentence counts them from 1."""

    code, status, title = "process.expression_refused", 422, "表达式超出可用的写法"

    def __init__(self, why: str, *, text: str = "", at: int = 0):
        place = f"（第 {at + 1} 个字符，“{_piece(text, at)}”处）" if text else ""
        super().__init__(why + place)
        self.why, self.at = why, at


class Unknown(DiebianError):
    """A name is read that the data does not hold."""

    code, status, title = "process.unknown_name", 409, "数据里没有这一项"

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name


class Mistaken(DiebianError):
    """What is there cannot be worked with in this way: only with `Semantics.STRICT`."""

    code, status, title = "process.expression_mistaken", 409, "表达式无法计算"


class TooMuch(DiebianError):
    code, status, title = "process.expression_too_much", 422, "表达式的计算量或结果过大"


class OutOfReach(DiebianError):
    """A value that the standard knows and this program cannot hold: never turned into null."""

    code, status, title = "process.out_of_reach", 422, "数值超出可以处理的范围"


class Mistake(Exception):
    """Inside alone: an operation on what it does not fit. Becomes null or `Mistaken`."""


def _piece(text: str, at: int, most: int = 12) -> str:
    rest = text[at : at + most].replace("\n", " ")
    return rest or "结尾"
