"""What a clerk can be refused here. Each says what to do."""

from diebian.kernel.errors import DiebianError


class NobodySits(DiebianError):
    code, status, title = (
        "services.nobody_sits",
        409,
        "窗口现在没有坐着人：请先读身份证，或输身份证号和姓名",
    )


class ItemUnclear(DiebianError):
    code, status, title = (
        "services.item_unclear",
        422,
        "没有找到这个事项，或者不止一个：请打几个字，再从列表里选一个",
    )


class PaperUnclear(DiebianError):
    code, status, title = "services.paper_unclear", 422, "请写明收的是什么材料、几份"


class NothingToHand(DiebianError):
    code, status, title = "services.nothing_to_hand", 409, "没有要交给这个部门的纸质材料"


class ConfirmedBefore(DiebianError):
    code, status, title = "services.confirmed_before", 409, "这张交接单已经确认过"


class HandedOutBefore(DiebianError):
    code, status, title = "services.handed_out_before", 409, "这件事的决定已经领取或寄出"


class ReceiverUnclear(DiebianError):
    code, status, title = (
        "services.receiver_unclear",
        422,
        "请写明谁领取；邮寄的写明收件人、地址、快递公司和单号",
    )


class HowUnclear(DiebianError):
    code, status, title = (
        "services.how_unclear",
        422,
        "请选一样：到窗口领、寄来，或电子的就够了；要寄的写明收件人和地址",
    )


class NoReceiptYet(DiebianError):
    code, status, title = "services.no_receipt_yet", 409, "还没有提交，提交后才有回执"


class FeeOutstanding(DiebianError):
    code, status, title = "services.fee_outstanding", 409, "还没有缴费，请先收费，再交决定"


class SentOnWrong(DiebianError):
    code, status, title = (
        "services.sent_on_wrong",
        422,
        "交给快递的日子不对：不早于作出决定那天，不晚于今天",
    )


class ReturnUnexplained(DiebianError):
    code, status, title = (
        "services.return_unexplained",
        422,
        "请写为什么退回，例：电话不通、地址不详",
    )
