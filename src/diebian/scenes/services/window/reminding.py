"""The ladder of what is owed on paper: whoever decides and the windows, and who comes for it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all
from diebian.kernel import clock
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.handover.selectors import due_of, owed
from diebian.scenes.services.limits.policy import may_remind
from diebian.scenes.services.models import Case, Handover
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.calendar import in_words
from diebian.standards.dues import RUNGS, Due

STEP = "services.case.handover"  # in the trail, with the rung behind it
EARLIEST = timedelta(days=7)  # eight working days are never fewer days: before them no rung begins


@transaction.atomic
def remind_of_handovers(*, by: Actor) -> int:
    """Each rung of each once. Run it as often as you like."""
    if not may_remind(by):
        raise Refused
    calendar, told = working_calendar(), defaultdict[tuple[str, str], list[Case]](list)
    rows = owed().filter(is_licence=True, since__lt=clock.midnight(clock.today() - EARLIEST))
    rows = rows.exclude(reminded="late").select_for_update(of=("self",))
    for row in rows.select_related("case__item__department", "case__department"):
        due, subject = due_of(row, calendar), f"case:{row.case.case_no}"
        if due and (rung := climbed(row, due, calendar, action=STEP, subject=subject, by=by)):
            told[row.case.department.credit_code, rung].append(row.case)
            _tell_applicant(row, due, rung)
    for (department, rung), cases in told.items():
        _tell_officials(_reached(rung, department), rung, cases)
    return sum(map(len, told.values()))


def _tell_applicant(row: Handover, due: Due, rung: str) -> None:
    """Who has it sent has nothing to do."""
    if row.way != Handover.Way.COLLECT or due.on is None:
        return
    body = f"最晚 {in_words(due.on)}，{RUNGS[rung]}。带身份证到本市任何一个综合窗口领；来不了的，"
    body += "在办件里选“把纸质的寄来”，或选“电子的就够了”。"
    link = reverse("services:track", args=[row.case.case_no])
    title = f"纸质证件等您来领：{row.case.item.name}"
    notify_all(keys=told_of(row.case), title=title, body=body, link=link, by=PLATFORM)


def _tell_officials(keys: Sequence[str], rung: str, cases: Sequence[Case]) -> None:
    first, rest = cases[0], len(cases) - 1
    body = f"办件 {first.case_no}（{first.item.name}）的证件还没有交给申请人，{RUNGS[rung]}。"
    if rest:
        body += f"另有 {rest} 件也是这样。"
    body += "没有来领的，请打电话问一声，能寄的寄。"
    link = reverse("services:handovers")
    notify_all(keys=keys, title="证件该交给申请人了", body=body, link=link, by=PLATFORM)


def _reached(rung: str, department: str) -> list[str]:
    keys = officials_holding(Post.REVIEWER, department=department)
    keys += officials_holding(Post.WINDOW)
    if rung != "near":
        keys += officials_holding(Post.HEAD, department=department)
    if rung == "late":
        keys += officials_holding(Post.AUTHORITY)
    return keys
