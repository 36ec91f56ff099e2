"""What a department's system is told that says of a case too little."""

from diebian.kernel.errors import DiebianError


class CaseUnclear(DiebianError):
    code, status, title = (
        "exchange.case_unclear",
        422,
        "要写明办件编号（40 字以内）和涉及的人（1 到 20 个证件号码）",
    )
