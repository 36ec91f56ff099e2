"""What a case says to the rest of the city, and what its applicant is told.

The sentences answer three questions: who does what now, what do you do, until when.
"""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from diebian.base.messages.public import Message, Subscription, notify_all, send
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from . import selectors
from .behalf import told_of
from .models import Case, State

TOPIC = "services.case"
# Of a member of a theme: told once with what its others ask.
GATHERED = ("supplement_asked", "promised", "promise_kept")
WAIT = "您现在不用做什么"
TO_HERSELF = {"true_will_wanted"}  # and not to whoever acts for her


def tell(case: Case, kind: str, says: str = "") -> None:
    """Says that this happened to the case; call it where it happens, in the same transaction.

    `says` are the official's own words: what is missing, or why. Kinds that the applicant has no
    use for are not told.
    """
    sentence = SENTENCES.get(kind)
    if sentence is None:
        return
    send(
        topic=f"{TOPIC}.{kind}",
        key=case.case_no,
        body={
            "case_no": case.case_no,
            "to": "herself" if kind in TO_HERSELF else "",
            "title": case.item.name,
            "says": sentence(case, says),
            "with": "others" if kind in GATHERED and case.application_id else "",
            "link": reverse("services:track", args=[case.case_no]),
        },
        by=PLATFORM,
    )


def tell_reviewers(case: Case, says: str) -> None:
    """Those of the deciding department."""
    notify_all(
        keys=officials_holding(Post.REVIEWER, department=case.department.credit_code),
        title=case.item.name,
        body=f"办件 {case.case_no}：{says}",
        link=reverse("services:work", args=[case.case_no]),
        by=PLATFORM,
    )


def _received(case: Case, _: str) -> str:
    return f"已收到您的申请，编号 {case.case_no}。系统正在向部门查询，{WAIT}。"


def _accepted(case: Case, _: str) -> str:
    until = selectors.clock_of(case).promised_due
    by_when = f"，最晚 {_day(until)}办完" if until else ""
    return f"已受理，{case.department.name}正在审核{by_when}。{WAIT}。"


def _assigned(case: Case, says: str) -> str:
    return f"您的办件由{case.department.name}办理：{says}。收件的时间不变，{WAIT}。"


def _passed_on(_: Case, says: str) -> str:
    return f"{says}。您不用重新申请，收件的时间不变，时限接着算，{WAIT}。"


def _followed_up(_: Case, says: str) -> str:
    return f"{says}。{WAIT}。"


def _waiting(_: Case, says: str) -> str:
    return f"{says}。申请已经保存，系统会自动再试，不用重填。{WAIT}。"


def _supplement_asked(_: Case, says: str) -> str:
    return f"请您补充：{says}。补充以前，办理时限暂停计算。"


def _stopped(case: Case, says: str) -> str:
    return f"{case.department.name}要先做这件事：{says}。这段时间不算在办理时限里，{WAIT}。"


def _suspended(_: Case, says: str) -> str:
    return f"您的办件暂时中止：{says}。到时会再看一次，恢复办理时告诉您。{WAIT}。"


def _goes_on(case: Case, says: str) -> str:
    until = selectors.clock_of(case).promised_due
    by_when = f"最晚 {_day(until)}办完" if until else "时限继续计算"
    return f"办理继续：{says.rstrip('。')}。{by_when}。{WAIT}。"


def _extended(case: Case, says: str) -> str:
    until = selectors.clock_of(case).statutory_due
    by_when = f"法定最晚到 {_day(until)}。" if until else ""
    return f"办理时间延长，只此一次：{says.rstrip('。')}。{by_when}{WAIT}。"


def _overran(_: Case, says: str) -> str:
    return f"办理超过了承诺的日子，原因：{says.rstrip('。')}。"


def _corrected(_: Case, says: str) -> str:
    return f"{says}。{WAIT}。"


def _decided(_: Case, says: str) -> str:
    return f"已作出决定：{says.rstrip('。')}。"


def _paper_owed(_: Case, says: str) -> str:
    return f"纸质证件：{says}。电子的已经在您的账户里，一样有效。"


def _mailed(_: Case, says: str) -> str:
    return f"纸质决定寄出了：{says}。到哪里了，看办件里的“纸质决定”，或打快递公司的电话报单号。"


def _arrived(_: Case, says: str) -> str:
    return f"快递说纸质决定已经送到：{says}。没有收到，请打电话告诉我们。"


def _returned(_: Case, says: str) -> str:
    return (
        f"{says}。带身份证到窗口领，或告诉窗口新的地址、电话，再寄一次。电子决定一直在您的账户里。"
    )


def _withdrawn(_: Case, __: str) -> str:
    return "您已撤回申请。以后可以重新提交。"


def _true_will_wanted(case: Case, _: str) -> str:
    return (
        f"有人替您填好了“{case.item.name}”。这件事要问您本人：打开看清楚，愿意再点确认；"
        "不愿意就不用理，什么也不会办。不上网的，带身份证到窗口说一声。"
    )


def _promised(_: Case, says: str) -> str:
    return f"先收下、先办，您还要补交：{says}。在办件里拍照上传就行，也可以交到窗口。"


def _promise_kept(_: Case, says: str) -> str:
    return f"“{says}”收到了，接着办。{WAIT}。"


def _fee_wanted(case: Case, says: str) -> str:
    then = "决定书就送到您的账户" if case.state == State.APPROVED else "马上受理"
    return f"请缴费：{says}。缴了以后{then}。打开办件就能缴，也可以到窗口缴。"


def _fee_paid(_: Case, says: str) -> str:
    return f"费用收到了：{says}。票据在办件的“缴费”里。{WAIT}。"


def _fee_back(_: Case, says: str) -> str:
    return f"费用正在退：{says}。网上缴的原路退，窗口缴的请等电话来领。{WAIT}。"


def _fee_given_back(_: Case, says: str) -> str:
    return f"费用已经退了：{says}。{WAIT}。"


def _fee_void(_: Case, says: str) -> str:
    return f"费用不用缴了：{says}。"


SENTENCES: dict[str, Callable[[Case, str], str]] = {
    "received": _received,
    "accepted": _accepted,
    "assigned": _assigned,
    "passed_on": _passed_on,
    "followed_up": _followed_up,
    "waiting": _waiting,
    "corrected": _corrected,
    "supplement_asked": _supplement_asked,
    "promised": _promised,
    "promise_kept": _promise_kept,
    "paused": _stopped,
    "resumed": _goes_on,
    "suspended": _suspended,
    "suspension_ended": _goes_on,
    "extended": _extended,
    "overran": _overran,
    "fee_wanted": _fee_wanted,
    "fee_paid": _fee_paid,
    "fee_twice": _fee_back,
    "fee_going_back": _fee_back,
    "fee_given_back": _fee_given_back,
    "fee_void": _fee_void,
    "decided": _decided,
    "paper_owed": _paper_owed,
    "mailed": _mailed,
    "parcel_arrived": _arrived,
    "parcel_returned": _returned,
    "withdrawn": _withdrawn,
    "true_will_wanted": _true_will_wanted,
}


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日（星期{'一二三四五六日'[day.weekday()]}）"


def _notify_applicant(message: Message) -> None:
    """And whoever acts for them: it is she who has to do what is asked. Who that is, is looked up
    now: a mandate may have ended since, a company's people have changed.
    """
    told = message.body
    if told.get("with") == "others":
        return
    case = Case.objects.select_related("item__department").get(case_no=told["case_no"])
    notify_all(
        keys=[case.applicant_key] if told.get("to") == "herself" else told_of(case),
        title=told["title"],
        body=told["says"],
        link=told["link"],
        by=PLATFORM,
    )


APPLICANT_IS_TOLD = Subscription(
    slug="services.applicant_is_told", topics=f"{TOPIC}.*", handle=_notify_applicant
)
