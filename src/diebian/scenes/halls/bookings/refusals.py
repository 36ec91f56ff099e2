"""What can be refused to whoever wants an appointment. Each says what to do."""

from diebian.kernel.errors import DiebianError


class SlotFull(DiebianError):
    code, status, title = "halls.slot_full", 409, "这个时段刚刚约满，请另选一个时段"


class SlotUnknown(DiebianError):
    code, status, title = (
        "halls.slot_unknown",
        422,
        "这个时段不能约：已经过去，或者那天大厅不开门，请另选一个",
    )


class BookedBefore(DiebianError):
    code, status, title = (
        "halls.booked_before",
        409,
        "这一天已经有一个预约，可以改时间，或先取消再约",
    )


class BookingOver(DiebianError):
    code, status, title = "halls.booking_over", 409, "这个预约已经不能改，请看它现在的状态"


class OnlyPersons(DiebianError):
    code, status, title = "halls.only_persons", 403, "请用个人账户登录后预约或取号"


class ContactMissing(DiebianError):
    code, status, title = (
        "halls.contact_missing",
        422,
        "请写姓名、正确的身份证号和电话，好在大厅认出本人、前一天提醒",
    )


class NothingBooked(DiebianError):
    code, status, title = (
        "halls.nothing_booked",
        404,
        "今天在这个大厅没有找到预约，请核对预约码，或直接取号",
    )
