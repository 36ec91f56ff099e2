"""What can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class RatedBefore(DiebianError):
    code, status, title = "services.rated_before", 409, "这次服务您已经评价过，谢谢您"


class GradeWrong(DiebianError):
    code, status, title = "services.grade_wrong", 422, "请在五个等级中选一个"


class NothingToRate(DiebianError):
    code, status, title = (
        "services.nothing_to_rate",
        409,
        "这件事还没有办结，办结后会请您评价；现在有话要说，请拨热线",
    )


class RatingClosed(DiebianError):
    code, status, title = (
        "services.rating_closed",
        409,
        "评价的期限已过；还有话要说，请拨热线",
    )


class CodeUnknown(DiebianError):
    code, status, title = (
        "services.rating_code_unknown",
        404,
        "没有这个评价码，请照回执上的再输一次",
    )


class OfficialsDoNotRate(DiebianError):
    code, status, title = (
        "services.officials_do_not_rate",
        403,
        "您登录的是工作账户，不能评价；请退出后由办事人自己评",
    )


class OwnRating(DiebianError):
    code, status, title = (
        "services.own_rating",
        403,
        "评价说的就是您，要由本部门的另一位来办",
    )


class HandlerUnknown(DiebianError):
    code, status, title = (
        "services.rating_handler_unknown",
        422,
        "请在本部门的人里选一位，被评价的人不能选",
    )


class NotCalledBack(DiebianError):
    code, status, title = (
        "services.not_called_back",
        409,
        "请先回访：联系上了，或者试过几次都没有联系上，再答复",
    )


class OrderElsewhere(DiebianError):
    code, status, title = "services.rating_order_elsewhere", 409, "工单已不在这一步，请刷新页面再看"


class AnswerIncomplete(DiebianError):
    code, status, title = (
        "services.rating_answer_incomplete",
        422,
        "请写全：谁的责任、改了什么、怎样答复评价人",
    )


class NoContact(DiebianError):
    code, status, title = (
        "services.rating_no_contact",
        409,
        "评价人没有登记电话，请记一次没有联系上，写明情况",
    )


class ContestedBefore(DiebianError):
    code, status, title = "services.contested_before", 409, "申诉只能一次，已经决定过了"
