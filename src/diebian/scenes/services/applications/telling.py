"""What the applicant is told of the whole; of each member its own case tells."""

from collections.abc import Sequence

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.scenes.services.models import SupplementNotice
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM
from diebian.standards.calendar import in_words

from .behalf import told_of

ENDS = {
    State.ALL_DONE: "都办成了",
    State.PARTLY_DONE: "有了结果，有的没有办成",
    State.FAILED: "有了结果，没有办成",
}


def tell_received(of: Application) -> None:
    says = (
        f"已收到您的申请，编号 {of.number}，一共 {len(of.members)} 项，各部门分头办理。"
        f"{_to_follow(of) or '您现在不用做什么'}，进度在一页上看。"
    )
    _tell(of, of.theme.name, says)


def tell_kept(of: Application, paper: str) -> None:
    says = f"“{paper}”收到了，要它的各部门都有了。您现在不用做什么。"
    _tell(of, f"{of.theme.name}：补交的到了", says)


def _to_follow(of: Application) -> str:
    told = [f"“{one.title}”（最晚 {in_words(one.until)}）" for one in of.promises.all()]
    if not told:
        return ""
    return f"您还要补交：{'、'.join(told)}，在进度页上传就行，几个部门都要的只交一次"


def tell_true_will_wanted(of: Application) -> None:
    """Her alone, not whoever filled it in for her."""
    says = (
        f"有人替您填好了“{of.theme.name}”。里面有要问您本人的事：打开看清楚，愿意再点确认；"
        "不愿意就不用理，什么也不会办。不上网的，带身份证到窗口说一声。"
    )
    link = reverse("services:theme-track", args=[of.number])
    notify_all(keys=[of.applicant_key], title=of.theme.name, body=says, link=link, by=PLATFORM)


def tell_lapsed(of: Application, member: str) -> None:
    says = f"“{member}”要用前面的结果，前面的没有准予，所以这一项不办了。别的事项照常办。"
    _tell(of, f"{of.theme.name}：有一项不办了", says)


def tell_asked(of: Application, notices: Sequence[SupplementNotice]) -> None:
    asked = "；".join(f"{one.case.department.name}（{one.case.item.name}）：{one.wanted}"
                     for one in notices)  # fmt: skip
    says = f"请您补充 {len(notices)} 项：{asked}。补充以前，这几项的办理时限暂停计算，别的照常办。"
    _tell(of, f"{of.theme.name}：请您补充", says)


def tell_ended(of: Application) -> None:
    says = "您选的事项都有了结果，一起告诉您。决定书在进度页上下载。您现在不用做什么。"
    _tell(of, f"{of.theme.name}：{ENDS[State(of.state)]}", says)


def _tell(of: Application, title: str, says: str) -> None:
    link = reverse("services:theme-track", args=[of.number])
    notify_all(keys=told_of(of), title=title, body=says, link=link, by=PLATFORM)
