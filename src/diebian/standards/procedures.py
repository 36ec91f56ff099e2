"""What stops a licensing clock or moves its end, as the law has it: data, each with its article.

行政许可法 第四十五条 names the special procedures whose time is not counted; the needed time is
told to the applicant in writing beforehand. 第四十二条 lets the end be moved once. Where an item's
own law says otherwise, that law holds: an official then names its article.
"""

from dataclasses import dataclass
from enum import StrEnum

from .sharing import Limit

NOT_COUNTED = "行政许可法 第四十五条"
LONGEST_STOP = 250  # working days: beyond a year nobody can say how long it takes


class Procedure(StrEnum):
    HEARING = "hearing"
    BIDDING = "bidding"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


@dataclass(frozen=True)
class SpecialProcedure:
    """`bound`: its longest time, `begin_by`: until when it has to have begun, where a law says."""

    title: str
    source: str = NOT_COUNTED
    bound: Limit | None = None
    begin_by: Limit | None = None  # from acceptance


_ASSIGNED = Limit(5, "行政许可法 第五十五条")  # two people or more are sent
PROCEDURES = {
    Procedure.HEARING: SpecialProcedure("听证", bound=Limit(20, "行政许可法 第四十七条")),
    Procedure.BIDDING: SpecialProcedure("招标"),
    Procedure.AUCTION: SpecialProcedure("拍卖"),
    Procedure.INSPECTION: SpecialProcedure("检验", begin_by=_ASSIGNED),
    Procedure.TESTING: SpecialProcedure("检测", begin_by=_ASSIGNED),
    Procedure.QUARANTINE: SpecialProcedure("检疫", begin_by=_ASSIGNED),
    Procedure.APPRAISAL: SpecialProcedure("鉴定"),
    Procedure.EXPERT_REVIEW: SpecialProcedure("专家评审"),
}


class Ground(StrEnum):
    """中止: no general law bounds it, so its article is named each time and the head decides."""

    OTHER_AUTHORITY = "other_authority"
    COURT = "court"
    FORCE_MAJEURE = "force_majeure"
    APPLICANT = "applicant"


GROUNDS = {
    Ground.OTHER_AUTHORITY: "要等别的机关先作出决定",
    Ground.COURT: "要等法院或仲裁机构的结果",
    Ground.FORCE_MAJEURE: "不可抗力",
    Ground.APPLICANT: "申请人自己要求等一等",
}


class Handling(StrEnum):
    SINGLE = "single"
    JOINT = "joint"  # 统一办理、联合办理、集中办理


DECIDED_WITHIN = {
    Handling.SINGLE: Limit(20, "行政许可法 第四十二条第一款"),
    Handling.JOINT: Limit(45, "行政许可法 第四十二条第二款"),
}
HANDED_OVER = Limit(10, "行政许可法 第四十四条")  # the licence, after the decision to grant it
EXTENSION = {  # once, by the head of the body; of a joint one by the head of the government
    Handling.SINGLE: Limit(10, "行政许可法 第四十二条第一款"),
    Handling.JOINT: Limit(15, "行政许可法 第四十二条第二款"),
}


def title_of(cause: str) -> str:
    """In Chinese, of a procedure or a ground; empty for anything else (补正 has no cause)."""
    if cause in set(Procedure):
        return PROCEDURES[Procedure(cause)].title
    return GROUNDS[Ground(cause)] if cause in set(Ground) else ""


def bound_of(cause: str) -> Limit | None:
    return PROCEDURES[Procedure(cause)].bound if cause in set(Procedure) else None
