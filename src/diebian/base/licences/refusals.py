from diebian.kernel.errors import DiebianError


class PlanUnclear(DiebianError):
    code, status, title = "licences.plan_unclear", 422, "证照表没有写清楚"


class NotIssuer(DiebianError):
    code, status, title = (
        "licences.not_issuer",
        403,
        "这些种类不是本部门颁发的，要由数据主管部门来声明",
    )


class SlugTaken(DiebianError):
    code, status, title = "licences.slug_taken", 409, "这个代码是别的部门的证照表，请换一个"


class NothingNew(DiebianError):
    code, status, title = "licences.nothing_new", 409, "和现在的版本一样，没有什么要改"


class TooManyFaults(DiebianError):
    code, status, title = (
        "licences.too_many_faults",
        422,
        "多数行读不懂，这一次没有登记；请看声明和表是不是对得上",
    )


class NotUsable(DiebianError):
    code, status, title = (
        "licences.not_usable",
        409,
        "这份证照现在不能用，不能加注；请看它的状态，有疑问请问颁发机构",
    )


class PurposeMissing(DiebianError):
    code, status, title = (
        "licences.purpose_missing",
        422,
        "请写明给谁、办什么事用，会印在加注件上",
    )


class ReasonMissing(DiebianError):
    code, status, title = "licences.reason_missing", 422, "请写明理由和依据哪一条，各至少两个字"


class ActImpossible(DiebianError):
    code, status, title = "licences.act_impossible", 409, "这份证照现在的状态不能这样改"


class ActWaits(DiebianError):
    code, status, title = (
        "licences.act_waits",
        409,
        "已经有一个提议等负责人同意，先等它有结果",
    )


class ActGone(DiebianError):
    code, status, title = "licences.act_gone", 409, "这个提议已经有结果了，请看现在的状态"
