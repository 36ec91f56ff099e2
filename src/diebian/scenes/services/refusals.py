"""What a person or an official can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class FieldUnknown(DiebianError):
    code, status, title = (
        "services.field_unknown",
        422,
        "提交了表上没有的项，请重新打开表格",
    )


class FormInvalid(DiebianError):
    code, status, title = "services.form_invalid", 422, "有几处要改，改好再提交"


class PlaceUnknown(DiebianError):
    code, status, title = (
        "services.place_unknown",
        422,
        "请选在哪里办：由谁决定，要看在哪个县（市、区）",
    )


class NotCityWide(DiebianError):
    code, status, title = (
        "services.not_city_wide",
        409,
        "这个事项不是全市通办，您这里的窗口不能收；请当事人到所在县（市、区）的窗口办，或在网上办",
    )


class HandledThere(DiebianError):
    code, status, title = (
        "services.handled_there",
        409,
        "这件已在部门自己的系统里办理，这里只显示它的进度；请在那个系统里办，结果会自己过来",
    )


class FormUnfinished(DiebianError):
    code, status, title = "services.form_unfinished", 409, "表还没有填完，请先填好再提交"


class ItemRetired(DiebianError):
    code, status, title = (
        "services.item_retired",
        409,
        "这个事项已停办，不再收新的申请，您可以搜索相近的事项，或打热线询问",
    )


class OnlyOrganisations(DiebianError):
    code, status, title = (
        "services.only_organisations",
        409,
        "这个事项由单位申请，个人不能办；指南上写着谁可以办",
    )


class ItemChanged(DiebianError):
    code, status, title = (
        "services.item_changed",
        409,
        "这个事项的要求刚改过，请先看改了什么，再接着填",
    )


class PapersMissing(DiebianError):
    code, status, title = "services.papers_missing", 409, "还有材料没有交"


class FilesTooMany(DiebianError):
    code, status, title = "services.files_too_many", 409, "这份材料的文件太多，请合成一个 PDF"


class MayNotFollow(DiebianError):
    code, status, title = "services.may_not_follow", 409, "这份材料不能后补，要和申请一起交"


class PromiseDayWrong(DiebianError):
    code, status, title = "services.promise_day_wrong", 422, "请选一个补交的日子"


class PromiseOutstanding(DiebianError):
    code, status, title = (
        "services.promise_outstanding",
        409,
        "申请人承诺补交的材料还没有到，到了再准予；过了日子可以写明理由不予",
    )


class QuestionsOpen(DiebianError):
    code, status, title = "services.questions_open", 409, "还有问题没有答，请先答完再填表"


class WrongState(DiebianError):
    code, status, title = "services.wrong_state", 409, "办件已不在这一步，请刷新页面再看"


class StepFirst(DiebianError):
    code, status, title = (
        "services.step_first",
        409,
        "现在这一步还不能这样办，请先办完这一步，再作决定",
    )


class PageIsOld(DiebianError):
    code, status, title = (
        "services.page_is_old",
        409,
        "您打开这一页以后，这一件又往前走了，没有办。请看过最新的再决定",
    )


class NotOfThisStep(DiebianError):
    code, status, title = "services.not_of_this_step", 422, "请从这一步列出的结果里选一个"


class WayDiffers(DiebianError):
    code, status, title = (
        "services.way_differs",
        409,
        "这一件的流程图上没有这一步，没有办成，请告诉平台运维核对流程版本",
    )


class SupplementedBefore(DiebianError):
    code, status, title = "services.supplemented_before", 409, "补正只能一次告知，已经告知过了"


class HeldAlready(DiebianError):
    code, status, title = (
        "services.held_already",
        422,
        "这份材料政府已经有，不能再向申请人要",
    )


class MaterialAlike(DiebianError):
    code, status, title = (
        "services.material_alike",
        422,
        "写的像是政府已经有的材料；确实是另一样，请勾选确认",
    )


class MaterialUnknown(DiebianError):
    code, status, title = (
        "services.material_unknown",
        422,
        "材料登记册里没有这一样，请写在给申请人的话里",
    )


class ReasonMissing(DiebianError):
    code, status, title = "services.reason_missing", 422, "请写明理由，申请人会看到"


class OverrunUnexplained(DiebianError):
    code, status, title = (
        "services.overrun_unexplained",
        422,
        "已经超过承诺的日子：请选原因并写明，申请人会看到",
    )


class AnswerMissing(DiebianError):
    code, status, title = "services.answer_missing", 422, "请写下您要补充的内容"


class OnlyPersons(DiebianError):
    code, status, title = "services.only_persons", 403, "请用个人账户登录后申请"


class TrueWillUnasked(DiebianError):
    code, status, title = (
        "services.true_will_unasked",
        409,
        "这件事要问本人是不是真的愿意：请本人登录，或在窗口当面说一声，再提交",
    )


class NotForCompanies(DiebianError):
    code, status, title = (
        "services.not_for_companies",
        409,
        "这个事项由个人申请，不能以单位的名义办",
    )


class PersonUnknown(DiebianError):
    code, status, title = (
        "services.person_unknown",
        404,
        "没有找到这位实名用户，请核对身份证号和姓名",
    )


class ClaimsMissing(DiebianError):
    code, status, title = "services.claims_missing", 422, "请至少填一项要核对的内容"


class ClaimWrong(DiebianError):
    code, status, title = "services.claim_wrong", 422, "要核对的内容写得不对"


class VersionSame(DiebianError):
    code, status, title = "services.version_same", 422, "和现在执行的一样，没有什么要改"


class VersionFaulty(DiebianError):
    code, status, title = "services.version_faulty", 422, "有几处要改，改好再提交"


class VersionUnderWay(DiebianError):
    code, status, title = "services.version_under_way", 409, "已有一版在审核，办完再改下一版"


class VersionElsewhere(DiebianError):
    code, status, title = "services.version_elsewhere", 409, "这一版已不在这一步，请刷新页面再看"


class FactFixed(DiebianError):
    code, status, title = (
        "services.fact_fixed",
        422,
        "类别、办理机构、编码、层级由主管部门随城市资料更新，不在这里改",
    )


class WhyMissing(DiebianError):
    code, status, title = "services.why_missing", 422, "请写明理由"


class DayPast(DiebianError):
    code, status, title = "services.day_past", 422, "生效日不能早于今天"


class ThemeFaulty(DiebianError):
    code, status, title = "services.theme_faulty", 422, "一件事编不出来"


class MemberDone(DiebianError):
    code, status, title = "services.member_done", 409, "这一项已经办完，不能再撤回"


class MemberUnknown(DiebianError):
    code, status, title = "services.member_unknown", 422, "请在这件事的事项里选，至少选一项"


class OwnDraft(DiebianError):
    code, status, title = "services.own_draft", 403, "自己写的要由另一个人审核、发布"
