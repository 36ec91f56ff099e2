"""自查自评 → 抽查复核 → 整改 → 复查: a site scores itself, some are drawn and scored again, what
was found becomes a task of its own, closed only when the supervisor has looked again.
"""

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from diebian.base.directory.public import working_calendar
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.standards.supervision import Step

from . import policy
from .models import Criterion, Origin, Score, Sheet, Site, State, Task, What
from .refusals import FindingMissing, NothingToDraw, PointsWrong, SheetElsewhere
from .rows import allow, carriers, tell, write
from .terms import add_days, limit, period_of, promises, sheet_due

LONGEST = 500
Points = Mapping[int, int | None]  # by score
Words = Mapping[int, str]


@transaction.atomic
def open_sheets(*, by: Actor) -> int:
    """One for each site and quarter, with the criteria as they are; returns how many are new."""
    if not policy.may_run(by):
        raise Refused
    period = period_of(clock.today())
    criteria = list(Criterion.objects.filter(retired_on=None).order_by("code"))
    if not criteria:
        return 0
    rows = Site.objects.filter(retired_on=None).exclude(sheets__period=period)
    made = [_opened(site, period, criteria, by) for site in rows.select_related("department")]
    return len(made)


@transaction.atomic
def submit_sheet(*, public_id: UUID, points: Points, says: Words, by: Actor) -> None:
    sheet = _locked(public_id, by)
    allow(policy.fills(by, sheet))
    if sheet.state != Sheet.State.OPEN:
        raise SheetElsewhere
    for score in sheet.scores.all():
        score.points = _within(points.get(score.pk), score.most)
        score.says = says.get(score.pk, "").strip()[:LONGEST]
        score.save(update_fields=["points", "says"])
    sheet.state, sheet.submitted_at = Sheet.State.SUBMITTED, clock.now()
    sheet.submitted_by_name = by.name
    sheet.save(update_fields=["state", "submitted_at", "submitted_by_name"])
    audit.record(by=by, action="supervision.sheet.submitted", subject=sheet.audit_subject)


@transaction.atomic
def draw_sample(*, period: str, count: int, by: Actor) -> list[Sheet]:
    """抽查: by lot among those handed in, so that nobody chooses whom to look at."""
    allow(policy.supervises(by))
    rows = Sheet.objects.select_for_update().filter(
        period=period, state=Sheet.State.SUBMITTED, is_sampled=False
    )
    waiting = list(rows)
    if not waiting or count < 1:
        raise NothingToDraw
    drawn = secrets.SystemRandom().sample(waiting, min(count, len(waiting)))
    for sheet in drawn:
        sheet.is_sampled = True
        sheet.save(update_fields=["is_sampled"])
    subjects = [sheet.audit_subject for sheet in drawn]
    audit.record_each(by=by, action="supervision.sheet.drawn", subjects=subjects)
    return drawn


@transaction.atomic
def check_sheet(*, public_id: UUID, points: Points, findings: Words, by: Actor) -> int:
    """复核. What is found becomes a task (整改) with its day; returns how many."""
    sheet = _locked(public_id, by)
    allow(policy.supervises(by))
    if sheet.state != Sheet.State.SUBMITTED or not sheet.is_sampled:
        raise SheetElsewhere
    found = 0
    for score in sheet.scores.all():
        score.checked_points = _within(points.get(score.pk), score.most)
        score.finding = findings.get(score.pk, "").strip()[:LONGEST]
        if score.checked_points < (score.points or 0) and not score.finding:
            raise FindingMissing(score.title)
        if score.finding:
            score.task = _rectification(sheet, score, by)
            found += 1
        score.save(update_fields=["checked_points", "finding", "task"])
    sheet.state, sheet.checked_at = Sheet.State.CHECKED, clock.now()
    sheet.checked_by_name = by.name
    sheet.save(update_fields=["state", "checked_at", "checked_by_name"])
    audit.record(by=by, action="supervision.sheet.checked", subject=sheet.audit_subject)
    return found


def fillers(sheet: Sheet) -> list[str]:
    return officials_holding(Post.HEAD, department=sheet.site.department.credit_code)


def tell_of_sheet(keys: Sequence[str], sheet: Sheet, body: str) -> None:
    link = reverse("supervision:sheet", args=[sheet.public_id])
    title = f"自查自评：{sheet.site.name}（{sheet.period}）"
    notify_all(keys=keys, title=title, body=body, link=link, by=PLATFORM)


def _opened(site: Site, period: str, criteria: Sequence[Criterion], by: Actor) -> Sheet:
    sheet = Sheet.objects.create(site=site, period=period, opened_at=clock.now())
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=one, title=one.title, how=one.how, most=one.points)
        for one in criteria
    )
    audit.record(by=by, action="supervision.sheet.opened", subject=sheet.audit_subject)
    due = sheet_due(sheet, working_calendar(), promises())
    tell_of_sheet(fillers(sheet), sheet, f"请填报本季度的自查自评：{due}。")
    return sheet


def _rectification(sheet: Sheet, score: Score, by: Actor) -> Task:
    now, today = clock.now(), clock.today()
    days = limit(Step.RECTIFY, promises(), today).days
    task = Task.objects.create(
        code=f"{sheet.site.code}-{sheet.period}-{score.criterion.code}",
        origin=Origin.FINDING,
        origin_says=f"{sheet.site.name} {sheet.period} 自查自评复核",
        title=f"整改：{score.title}（{sheet.site.name}）"[:200],
        wanted=score.finding,
        lead=sheet.site.department,
        due=add_days(today, days, working_calendar()),
        state=State.ASSIGNED,
        since=now,
        raised_at=now,
    )
    write(task, What.ASSIGNED, by, score.finding)
    tell(carriers(task), task, f"复核发现：{score.finding}。请签收，{task.due} 前整改。")
    return task


def _within(told: int | None, most: int) -> int:
    if told is None or not 0 <= told <= most:
        raise PointsWrong
    return told


def _locked(public_id: UUID, by: Actor) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("site__department")
    sheet = rows.filter(public_id=public_id).first()
    if sheet is None or not policy.may_see_sheet(by, sheet):
        raise NotFound
    return sheet
