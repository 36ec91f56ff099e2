from diebian.kernel.errors import DiebianError


class SaysNothing(DiebianError):
    code, status, title = "disputes.says_nothing", 422, "请写明理由，对方会原样看到"


class NotInDispute(DiebianError):
    code, status, title = "disputes.not_in_dispute", 409, "这件事现在没有可以争议的答复"


class AlreadyOpen(DiebianError):
    code, status, title = "disputes.already_open", 409, "这件事的争议已经在办，请到争议的页面上说"


class AlreadyDecided(DiebianError):
    code, status, title = (
        "disputes.already_decided",
        409,
        "这个答复已经协调或决定过，维持不变；情况变了的，请重新申请",
    )


class NotCarriedOut(DiebianError):
    code, status, title = (
        "disputes.not_carried_out",
        409,
        "上一次争议已经要求改变答复，对方正在落实，落实以后再看",
    )


class WrongState(DiebianError):
    code, status, title = "disputes.wrong_state", 409, "这件争议已不在这一步，请刷新后再看"


class TalkFirst(DiebianError):
    code, status, title = (
        "disputes.talk_first",
        409,
        "请先协商：等对方说过话，或者协商的期限过了，再请主管部门协调",
    )


class OutcomeUnclear(DiebianError):
    code, status, title = "disputes.outcome_unclear", 422, "请选维持还是改变原来的答复"


class DocumentMissing(DiebianError):
    code, status, title = "disputes.document_missing", 422, "请写明政府决定的文号和日期"
