"""What can be refused of payments. Each says what to do."""

from diebian.kernel.errors import DiebianError


class ProviderAway(DiebianError):
    code, status, title = (
        "payments.provider_away",
        503,
        "支付平台暂时连不上，没有扣钱；请过几分钟再点一次，或者到窗口缴",
    )


class ProviderRefused(DiebianError):
    code, status, title = (
        "payments.provider_refused",
        502,
        "支付平台没有接受这张缴费单，没有扣钱；请到窗口缴，我们的人会去查",
    )


class NotOpen(DiebianError):
    code, status, title = "payments.not_open", 409, "这张缴费单已经缴过或者不用缴了，请刷新页面"


class SignatureWrong(DiebianError):
    code, status, title = (
        "payments.signature_wrong",
        401,
        "签名不是支付平台的：没有照办；请用登记的密钥对原文签名",
    )


class NoticeUnclear(DiebianError):
    code, status, title = (
        "payments.notice_unclear",
        422,
        "看不懂：要有 event、kind（paid、closed、refunded）、out_no、fen（整数，单位分）",
    )


class SlipMissing(DiebianError):
    code, status, title = "payments.slip_missing", 422, "请写收款凭条的号码，选现金还是扫码"


class NoStatement(DiebianError):
    code, status, title = "payments.no_statement", 422, "只能对以前某一天的账，请选昨天或更早"
