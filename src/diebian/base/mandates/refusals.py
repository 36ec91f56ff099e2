"""What giver, holder or clerk can be refused. Each says what to do."""

from diebian.kernel.errors import DiebianError


class PersonUnknown(DiebianError):
    code, status, title = (
        "mandates.person_unknown",
        404,
        "没有找到这位实名用户，请核对姓名和身份证号；还没有登记过的，请本人带身份证到窗口",
    )


class ToOneself(DiebianError):
    code, status, title = "mandates.to_oneself", 422, "自己的事直接办，不用授权给自己"


class WrongState(DiebianError):
    code, status, title = "mandates.wrong_state", 409, "这份授权已不在这一步，请刷新后再看"


class CodeWrong(DiebianError):
    code, status, title = (
        "mandates.code_wrong",
        422,
        "统一社会信用代码不对，请照营业执照逐位核对，一共 18 位",
    )


class RegisterAbsent(DiebianError):
    code, status, title = (
        "mandates.register_absent",
        409,
        "本市还没有接通企业登记的查询，请带营业执照到大厅窗口办理",
    )


class NotRepresentative(DiebianError):
    code, status, title = (
        "mandates.not_representative",
        403,
        "登记的法定代表人不是您；请由法定代表人认领，再授权给您。登记有误的，请找市场监管部门改",
    )


class CompanyEnded(DiebianError):
    code, status, title = (
        "mandates.company_ended",
        409,
        "这家单位登记为已注销或已吊销，不能再以它的名义申请",
    )


class ReadBackWrong(DiebianError):
    code, status, title = (
        "mandates.read_back_wrong",
        422,
        "口令和大字确认单上的不一样，请再读一遍条款，请本人看着确认单说",
    )


class PaperMissing(DiebianError):
    code, status, title = (
        "mandates.paper_missing",
        422,
        "请选本人怎样同意；签了纸的，写明纸质件放在哪里",
    )


class WhyMissing(DiebianError):
    code, status, title = "mandates.why_missing", 422, "请写明本人怎样要求收回：来电，还是当面"


class NotGiven(DiebianError):
    code, status, title = (
        "mandates.not_given",
        403,
        "您没有替这位办这件事的授权，请先请本人同意",
    )


class Over(DiebianError):
    code, status, title = (
        "mandates.over",
        403,
        "授权已经结束，您不能再代办；已经填的留给本人，没有丢",
    )


class NotOnPaper(DiebianError):
    code, status, title = (
        "mandates.not_on_paper",
        409,
        "这份授权不是签纸同意的，没有要扫描的纸；请先记下本人怎样同意",
    )
