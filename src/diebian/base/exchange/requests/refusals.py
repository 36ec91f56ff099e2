"""What asking, answering, opening and ending can be refused with."""

from diebian.kernel.errors import DiebianError
from diebian.standards.sharing import EXTENSION


class AlreadyAsked(DiebianError):
    code, status, title = (
        "exchange.already_asked",
        409,
        "本单位为同一用途的申请正在办理，不用重复提交",
    )


class UnderDispute(DiebianError):
    code, status, title = (
        "exchange.under_dispute",
        409,
        "同样的申请没有被同意，正在争议；请等争议有了结果，或先撤回争议",
    )


class NotShared(DiebianError):
    code, status, title = "exchange.not_shared", 422, "不予共享的目录不能申请，只能提出争议"


class NotOpen(DiebianError):
    code, status, title = "exchange.not_open", 409, "这条目录已撤销，不能再申请"


class TermsUnclear(DiebianError):
    code, status, title = (
        "exchange.terms_unclear",
        422,
        "用途、依据和场景都要写明，额度要在规定的几档里，期限要在今天以后",
    )


class ColumnsMissing(DiebianError):
    code, status, title = "exchange.columns_missing", 422, "请至少选一个信息项"


class ColumnUnknown(DiebianError):
    code, status, title = "exchange.column_unknown", 422, "申请的信息项不在这个接口里"


class ColumnsWithheld(DiebianError):
    code, status, title = (
        "exchange.columns_withheld",
        422,
        "这些信息项不予共享，不能申请；认为应当共享的，请与提供部门协商",
    )


class RegionUnknown(DiebianError):
    code, status, title = (
        "exchange.region_unknown",
        422,
        "这个接口没有行政区划列，不能按区划给数据",
    )


class WrongState(DiebianError):
    code, status, title = "exchange.wrong_state", 409, "申请已不在这一步，请刷新后再看"


class ReasonMissing(DiebianError):
    code, status, title = "exchange.reason_missing", 422, "请写明理由或要补充的内容"


class SupplementAsked(DiebianError):
    code, status, title = (
        "exchange.supplement_asked",
        409,
        "已经要求补充过一次，不能再次要求，请作出答复",
    )


class ExtensionAsked(DiebianError):
    code, status, title = (
        "exchange.extension_asked",
        409,
        "已经要求延长过一次，不能再次延长，请作出答复",
    )


class ExtensionTooLong(DiebianError):
    code, status, title = (
        "exchange.extension_too_long",
        422,
        f"最多延长 {EXTENSION.days} 个工作日（{EXTENSION.source}），请填 1 到 {EXTENSION.days}",
    )


class NoSystem(DiebianError):
    code, status, title = (
        "exchange.no_system",
        409,
        "申请部门还没有登记调用数据的业务系统，请先登记再开通",
    )


class GrantEnded(DiebianError):
    code, status, title = "exchange.grant_ended", 409, "这项授权已不在这个状态，请刷新后再看"
