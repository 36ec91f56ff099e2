"""What can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class CauseUnknown(DiebianError):
    code, status, title = "services.stop_cause_unknown", 422, "请从列出的情形中选一种"


class BasisMissing(DiebianError):
    code, status, title = (
        "services.stop_basis_missing",
        422,
        "请写明依据的法律法规和条款，申请人会看到",
    )


class DaysWrong(DiebianError):
    code, status, title = "services.limit_days_wrong", 422, "请填写需要的工作日数"


class NoExtension(DiebianError):
    code, status, title = (
        "services.no_extension",
        409,
        "这个事项不适用行政许可法，不能按第四十二条延长",
    )


class ExtendedBefore(DiebianError):
    code, status, title = "services.extended_before", 409, "延长只能一次，已经申请过或已经同意过"


class ExtensionTooLate(DiebianError):
    code, status, title = "services.extension_too_late", 409, "法定时间已过，不能再延长"


class OwnRequest(DiebianError):
    code, status, title = "services.own_extension", 403, "自己申请的延长要由另一位负责人决定"
