"""Everything that reads the book of deliveries and downloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from diebian.base.catalogue.public import resources_named
from diebian.base.exchange.public import GrantTerms, Mode, in_force_of, terms_by_grant
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post

from . import policy
from .models import Delivery, DeliveryRun, Download, Schedule, State, Target
from .origins import moments_of

PER_PAGE = 50
A_DAY = timedelta(days=1)
EARLY = timedelta(minutes=10)
STALLED, FAILED = "接收库没有答应", "上次没有成功"


@dataclass(frozen=True)
class DeliveryLine:
    """`state` in words and `mark` for its colour."""

    delivery: Delivery
    terms: GrantTerms
    last: DeliveryRun | None

    @property
    def words(self) -> str:
        if not self.terms.is_in_force:
            return "授权已停，不再送"
        if self.is_stalled:
            return STALLED
        if self.is_waiting:
            return "授权的量不够，等下一个时段"
        if self.last is None:
            return "还没有送过"
        return {State.RUNNING: "正在送", State.FAILED: FAILED}.get(State(self.last.state), "正常")

    @property
    def mark(self) -> str:
        return {"正常": "ok", FAILED: "bad", STALLED: "bad"}.get(self.words, "wait")

    @property
    def is_stalled(self) -> bool:
        return self.terms.is_in_force and self.delivery.stalled_at is not None

    @property
    def is_waiting(self) -> bool:
        """For what its volume gives again; what went since then is past it."""
        until = self.delivery.waits_until
        is_last = self.last is not None and self.last.state == State.FAILED
        return self.terms.is_in_force and is_last and until is not None and until > clock.now()


def targets_of(by: Actor) -> list[Target]:
    return list(Target.objects.filter(department__credit_code=by.department).order_by("title"))


def deliveries_for(by: Actor) -> list[DeliveryLine]:
    return _lines(list(_seen(by).order_by("-pk")))


def waiting_for(by: Actor) -> list[GrantTerms]:
    """Granted tables that nobody has said a place for."""
    if not policy.may_register(by):
        return []
    granted = in_force_of(by.department, Mode.TABLE)
    told = Delivery.objects.filter(grant__in=[one.grant for one in granted])
    arranged = set(told.values_list("grant_id", flat=True))
    return [one for one in granted if one.grant not in arranged]


def delivery_for(by: Actor, public_id: UUID) -> DeliveryLine:
    """For whoever may not see it, it does not exist."""
    found = Delivery.objects.select_related("target").filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    line = _lines([found])[0]
    if not policy.may_see(by, line.terms):
        raise NotFound
    return line


def delivery_of(grant_id: int) -> DeliveryLine | None:
    found = Delivery.objects.select_related("target").filter(grant=grant_id).first()
    return _lines([found])[0] if found else None


def runs_of(delivery: Delivery, page: str) -> Page[DeliveryRun]:
    return Paginator(delivery.runs.order_by("-pk"), PER_PAGE).get_page(page)


def downloads_of(grant_id: int, most: int = PER_PAGE) -> Sequence[Download]:
    return list(Download.objects.filter(grant=grant_id).order_by("-pk")[:most])


def due() -> list[int]:
    """By timetable: what follows its table when new rows came since it was looked at."""
    rows = list(Delivery.objects.exclude(schedule=Schedule.MANUAL).order_by("pk"))
    terms = terms_by_grant(one.grant_id for one in rows)
    served = [one for one in rows if terms[one.grant_id].is_in_force]
    came = moments_of(resources_named([terms[one.grant_id].resource for one in served]))
    return [one.pk for one in served if _is_due(one, came.get(terms[one.grant_id].resource))]


def _is_due(one: Delivery, came: datetime | None) -> bool:
    if one.waits_until is not None and one.waits_until > clock.now():
        return False
    if one.looked_at is None:
        return True
    if one.schedule == Schedule.DAILY:
        return one.looked_at <= clock.now() - A_DAY + EARLY
    return came is not None and came > one.looked_at


def _lines(rows: Sequence[Delivery]) -> list[DeliveryLine]:
    """As many questions for a hundred as for one."""
    terms = terms_by_grant(one.grant_id for one in rows)
    runs = DeliveryRun.objects.filter(delivery__in=rows).order_by("delivery", "-pk")
    lasts = {run.delivery_id: run for run in runs.distinct("delivery")}
    return [DeliveryLine(one, terms[one.grant_id], lasts.get(one.pk)) for one in rows]


def _seen(by: Actor) -> QuerySet[Delivery]:
    rows = Delivery.objects.select_related("target")
    if by.holds(Post.AUTHORITY):
        return rows
    own = rows.filter(grant__request__consumer__credit_code=by.department)
    return own | rows.filter(grant__request__resource__entry__provider__credit_code=by.department)
