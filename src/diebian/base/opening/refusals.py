from diebian.kernel.errors import DiebianError


class ColumnNotOpen(DiebianError):
    code, status, title = "opening.column_not_open", 422, "有的列不能开放"


class NothingChosen(DiebianError):
    code, status, title = "opening.nothing_chosen", 422, "请至少选一列"


class FactsUnclear(DiebianError):
    code, status, title = "opening.facts_unclear", 422, "填写得不对"


class TooEasyToFind(DiebianError):
    """The check failed: somebody could be found among the rows."""

    code, status, title = "opening.too_easy_to_find", 422, "按这样选，可能认出某个人，不能开放"


class NotCollected(DiebianError):
    code, status, title = "opening.not_collected", 409, "这张表还没有归集进来，归集以后再开放"


class WrongState(DiebianError):
    code, status, title = "opening.wrong_state", 409, "已不在这一步，请刷新后再看"


class TitleTaken(DiebianError):
    code, status, title = "opening.title_taken", 409, "这张表已有同名的开放数据"


class ReasonMissing(DiebianError):
    code, status, title = "opening.reason_missing", 422, "请写明理由"


class Withdrawn(DiebianError):
    code, status, title = "opening.withdrawn", 410, "这份数据已停止开放"


class NotReady(DiebianError):
    code, status, title = "opening.not_ready", 409, "文件正在准备，请过几分钟再来"


class QuestionWrong(DiebianError):
    code, status, title = "opening.question_wrong", 422, "查询的参数有误"


class TooMuch(DiebianError):
    code, status, title = (
        "opening.too_much",
        503,
        "这样查要花的时间太长，请减少条件，或下载整个文件",
    )


class Busy(DiebianError):
    code, status, title = "opening.busy", 503, "正在查的人多，请过一会儿再试"


class TooMany(DiebianError):
    code, status, title = "opening.too_many", 429, "今天提得够多了，请明天再来"


class SaysPersonal(DiebianError):
    code, status, title = (
        "opening.says_personal",
        422,
        "这些话会公开，请去掉证件号码、电话号码、邮箱",
    )


class AlreadyAnswered(DiebianError):
    code, status, title = "opening.already_answered", 409, "这件已经答复"
