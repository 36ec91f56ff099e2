"""What can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class TaskElsewhere(DiebianError):
    code, status, title = "supervision.task_elsewhere", 409, "这件事已不在这一步，请刷新页面再看"


class SaysNothing(DiebianError):
    code, status, title = "supervision.says_nothing", 422, "请写几句：做了什么，或者为什么"


class LeadUnknown(DiebianError):
    code, status, title = "supervision.lead_unknown", 422, "请在列出的单位里选牵头的一个"


class DueWrong(DiebianError):
    code, status, title = "supervision.due_wrong", 422, "请写完成的日子，不早于今天"


class UntilWrong(DiebianError):
    code, status, title = "supervision.until_wrong", 422, "请写延到哪一天，要晚于现在的时限"


class ExtensionTooLate(DiebianError):
    code, status, title = "supervision.extension_too_late", 409, "时限已过，延期要在到期以前办"


class ExtensionWaits(DiebianError):
    code, status, title = "supervision.extension_waits", 409, "已经申请过延期，等督办的决定"


class LinkElsewhere(DiebianError):
    code, status, title = (
        "supervision.link_elsewhere",
        422,
        "佐证的链接要是本平台的一页，以 / 开头",
    )


class StepsOpen(DiebianError):
    code, status, title = "supervision.steps_open", 409, "还有没完成的分步，先把它们办完"


class SheetElsewhere(DiebianError):
    code, status, title = "supervision.sheet_elsewhere", 409, "自评表已不在这一步，请刷新页面再看"


class PointsWrong(DiebianError):
    code, status, title = "supervision.points_wrong", 422, "有的分没有填，或者超出了范围"


class FindingMissing(DiebianError):
    code, status, title = (
        "supervision.finding_missing",
        422,
        "复核的分比自评低，请写发现了什么问题",
    )


class NothingToDraw(DiebianError):
    code, status, title = "supervision.nothing_to_draw", 409, "没有可以抽查的：要已提交、还没抽到"


class FilesTooMany(DiebianError):
    code, status, title = (
        "supervision.files_too_many",
        409,
        "一次交的佐证太多，请合成一个 PDF，或分几次反馈",
    )
