from diebian.kernel.errors import DiebianError


class BasisMissing(DiebianError):
    code, status, title = "catalogue.basis_missing", 422, "不予共享须说明依据"


class OpenTooWide(DiebianError):
    code, status, title = "catalogue.open_too_wide", 422, "3 级、4 级数据不能无条件开放"


class NothingChanged(DiebianError):
    code, status, title = "catalogue.nothing_changed", 422, "和现在的内容一样，没有要变更的"


class SheetUnreadable(DiebianError):
    code, status, title = "catalogue.sheet_unreadable", 422, "表格没有读成，什么都没有保存"


class AlreadyTaken(DiebianError):
    code, status, title = "catalogue.already_taken", 409, "这张表格已经收过了，或没有可收的"


class ActionUnknown(DiebianError):
    code, status, title = "catalogue.action_unknown", 400, "没有这个接口动作"


class ThingUnknown(DiebianError):
    code, status, title = "catalogue.thing_unknown", 404, "没有这个目录、部门或主题"


class QuestionWrong(DiebianError):
    """`field` of the question is wrong, for the reason that `sentence` gives."""

    code, status, title = "catalogue.question_wrong", 409, "查询的参数有误"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}", fields={field: [sentence]})


class NotOpenToAll(DiebianError):
    code, status, title = (
        "catalogue.not_open_to_all",
        403,
        "这张表没有向所有人开放，请由部门申请共享",
    )


class ChangedSince(DiebianError):
    code, status, title = (
        "catalogue.changed_since",
        409,
        "上传以后，有的目录又改过了。请重新下载，改好再传",
    )


class TitleTaken(DiebianError):
    code, status, title = "catalogue.title_taken", 409, "本部门已有同名目录"


class NotADraft(DiebianError):
    code, status, title = "catalogue.not_a_draft", 409, "目录已不是草稿，请刷新后再看"


class NotInReview(DiebianError):
    code, status, title = "catalogue.not_in_review", 409, "目录已不在这一步，请刷新后再看"


class AssessmentMissing(DiebianError):
    code, status, title = (
        "catalogue.assessment_missing",
        422,
        "请先完成保密审查和个人信息影响评估，并勾选确认",
    )


class ItemsMissing(DiebianError):
    code, status, title = "catalogue.items_missing", 422, "请至少写一个信息项再提交"


class ItemsUnreadable(DiebianError):
    code, status, title = "catalogue.items_unreadable", 422, "有信息项没有写对"


class ElementDiffers(DiebianError):
    code, status, title = "catalogue.element_differs", 422, "信息项和它选用的数据元不一致"


class ReasonMissing(DiebianError):
    code, status, title = "catalogue.reason_missing", 422, "请写明理由"


class ProbeFailed(DiebianError):
    code, status, title = "catalogue.probe_failed", 422, "试用没有成功，没有挂载"


class SlugTaken(DiebianError):
    code, status, title = "catalogue.slug_taken", 409, "这个资源代码已被别的目录使用，请换一个"


class ResourceInUse(DiebianError):
    code, status, title = (
        "catalogue.resource_in_use",
        409,
        "还有部门在用或正在申请，请先和它们办结，再卸载",
    )


class ContractInUse(DiebianError):
    code, status, title = (
        "catalogue.contract_in_use",
        409,
        "还有部门在用，不能这样改。请先和它们商量，改好或停用授权以后再挂载",
    )


class NotPublished(DiebianError):
    code, status, title = "catalogue.not_published", 409, "目录还没有发布，或已撤销"
