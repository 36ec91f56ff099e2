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
        "case__item__department", "case__department"
    )
    calendar, told = working_calendar(), 0
    for one in rows:
        due = Due(f"补交{one.title}", one.until, one.until < clock.today(), source="")
        subject = f"case:{one.case.case_no}"
        if rung := climbed(one, due, calendar, action=STEP, subject=subject, by=by):
            _tell(one, rung)
            told += 1
    return told


def _tell(one: Promise, rung: str) -> None:
    case, day = one.case, f"{one.until.month} 月 {one.until.day} 日"
    after = "审核的人可能因此不予办理。" if rung == "late" else "交到以后接着办。"
    notify_all(
        keys=told_of(case),
        title=case.item.name,
        body=f"您答应 {day}前补交“{one.title}”，{RUNGS[rung]}。可以在这里拍照上传，{after}",
        link=reverse("services:papers", args=[case.case_no]),
        by=PLATFORM,
    )
    posts = {"last": [Post.REVIEWER], "late": [Post.REVIEWER, Post.HEAD]}.get(rung, [])
    department = case.department.credit_code
    keys = [key for post in posts for key in officials_holding(post, department=department)]
    if keys:
        says = f"办件 {case.case_no}：申请人答应 {day}前补交“{one.title}”，{RUNGS[rung]}。"
        if rung == "late":
            says += "没有补交的，可以写明理由不予办理。"
        notify_all(
            keys=dict.fromkeys(keys),
            title=f"容缺补交：{case.item.name}",
            body=says,
            link=reverse("services:work", args=[case.case_no]),
            by=PLATFORM,
        )
