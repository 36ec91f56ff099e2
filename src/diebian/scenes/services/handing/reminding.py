"""容缺: the ladder of a promised paper: the person first, on the day whoever decides as well."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import climbed, notify_all
from diebian.kernel import clock
from diebian.scenes.services.behalf import told_of
from diebian.scenes.services.models import OPEN, HandedIn, PaperTaken, Promise
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.dues import RUNGS, Due

STEP = "services.case.promise"  # in the trail, with the rung behind it


@transaction.atomic
def remind_of_promises(*, by: Actor) -> int:
    """Each rung of each promise once. Run it as often as you like."""
    if by != PLATFORM:
        raise Refused
    came = HandedIn.objects.filter(case=OuterRef("case"), material=OuterRef("material"))
    taken = PaperTaken.objects.filter(case=OuterRef("case"), name=OuterRef("title"))
    rows = Promise.objects.filter(~Exists(came), ~Exists(taken), case__state__in=OPEN)
    rows = rows.select_for_update(of=("self",)).select_related(
        "case__item__department", "case__department", "case__application__theme"
    )
    calendar, told, reminded = working_calendar(), 0, set[tuple[str, str]]()
    for one in rows:
        due = Due(f"补交{one.title}", one.until, one.until < clock.today(), source="")
        subject = f"case:{one.case.case_no}"
        if rung := climbed(one, due, calendar, action=STEP, subject=subject, by=by):
            if (paper := _paper(one)) not in reminded:
                _tell(one, rung)
            reminded.add(paper)
            _tell_department(one, rung)
            told += 1
    return told


def _paper(one: Promise) -> tuple[str, str]:
    """Of a theme the same one for all members that want it: it is handed in once, and told once."""
    of = one.case.application
    return (of.number if of else one.case.case_no, one.title)


def _tell(one: Promise, rung: str) -> None:
    case, of = one.case, one.case.application
    link = reverse("services:papers", args=[case.case_no])
    if of is not None:
        link = reverse("services:theme-papers", args=[of.number])
    after = "审核的人可能因此不予办理。" if rung == "late" else "交到以后接着办。"
    notify_all(
        keys=told_of(case),
        title=of.theme.name if of else case.item.name,
        body=f"您答应 {_day(one)}前补交“{one.title}”，{RUNGS[rung]}。可以在这里拍照上传，{after}",
        link=link,
        by=PLATFORM,
    )


def _tell_department(one: Promise, rung: str) -> None:
    """On the last day whoever decides, late the head as well."""
    case = one.case
    posts = {"last": [Post.REVIEWER], "late": [Post.REVIEWER, Post.HEAD]}.get(rung, [])
    department = case.department.credit_code
    keys = [key for post in posts for key in officials_holding(post, department=department)]
    if keys:
        says = f"办件 {case.case_no}：申请人答应 {_day(one)}前补交“{one.title}”，{RUNGS[rung]}。"
        if rung == "late":
            says += "没有补交的，可以写明理由不予办理。"
        notify_all(
            keys=dict.fromkeys(keys),
            title=f"容缺补交：{case.item.name}",
            body=says,
            link=reverse("services:work", args=[case.case_no]),
            by=PLATFORM,
        )


def _day(one: Promise) -> str:
    return f"{one.until.month} 月 {one.until.day} 日"
