"""What was called; who asked for what and how it stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from diebian.base.catalogue.public import History, ResourceLine, Waiting, history, waiting_for
from diebian.base.exchange import policy
from diebian.base.exchange.broker.models import GrantDay
from diebian.base.exchange.grants.in_force import in_force
from diebian.base.exchange.grants.models import (
    ANSWERABLE,
    OPEN_STATES,
    Extension,
    Grant,
    RequestState,
    ShareRequest,
    Standing,
)
from diebian.base.exchange.metering.models import Call
from diebian.base.exchange.metering.selectors import calls_today
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post
from diebian.standards.dues import FAR, RUNGS, Due

from .dues import Clocks, Step, dues_of, read_clocks

A_PAGE = 20
CALLS_SHOWN = 50
WORDS = {
    "exchange.request.made": "提交申请",
    "exchange.request.submitted": "本单位审核同意，送提供部门",
    "exchange.request.declined": "本单位未同意",
    "exchange.request.supplementing": "提供部门要求补充一次",
    "exchange.request.supplemented": "申请部门已补充",
    "exchange.request.agreed": "提供部门同意",
    "exchange.request.refused": "提供部门未同意",
    "exchange.request.agreed_by_ruling": "争议有了结果，按裁定同意",
    "exchange.request.active": "开通",
    "exchange.request.extension_asked": "提供部门要求延长答复",
    "exchange.request.extension_given": "主管部门同意延长",
    "exchange.request.extension_denied": "主管部门不同意延长",
    "exchange.request.closing": "停用，申请部门处置数据",
    "exchange.request.closed": "办结",
    **{f"exchange.request.reminded_{rung}": f"提醒：{words}" for rung, words in RUNGS.items()},
    "exchange.grant.given": "授权生效",
    "exchange.grant.suspended": "暂停授权",
    "exchange.grant.rectified": "申请部门说已整改",
    "exchange.grant.sent_back": "核实后还没有改好，退回整改",
    "exchange.grant.resumed": "恢复授权",
    "exchange.grant.revoked": "撤销授权",
    "exchange.grant.ended": "授权到期",
    "exchange.grant.renewed": "由续期的授权接替",
    "exchange.grant.withheld": "有信息项改为不予共享，停止提供",
    "exchange.grant.given_again": "信息项恢复提供",
}


@dataclass(frozen=True)
class CallLine:
    at: datetime
    system: str
    resource: str
    status: int
    milliseconds: int


@dataclass(frozen=True)
class RequestLine:
    request: ShareRequest
    due: Due | None


@dataclass(frozen=True)
class Inbox:
    waiting: list[RequestLine]
    entries: list[Waiting]
    ending: list[Grant]
    page: Page[ShareRequest]
    lines: list[RequestLine]

    @property
    def is_quiet(self) -> bool:
        return not (self.waiting or self.entries)


@dataclass(frozen=True)
class Use:
    """Who uses a resource, as far as the reader may know it."""

    grants: list[Grant]
    calls: list[CallLine]
    calls_today: int
    is_all: bool


def requests_for(by: Actor) -> QuerySet[ShareRequest]:
    """What an official sees: requests of and to the own department; the authority sees all."""
    rows = ShareRequest.objects.select_related("consumer", "resource__entry__provider", "grant")
    if not by.holds(Post.AUTHORITY):
        own = Q(consumer__credit_code=by.department)
        rows = rows.filter(own | Q(resource__entry__provider__credit_code=by.department))
    return rows.order_by("-pk")


def request_for(by: Actor, request_id: int) -> ShareRequest:
    """For whoever may not see it, it does not exist."""
    rows = ShareRequest.objects.select_related("consumer", "resource__entry__provider", "grant")
    found = rows.filter(pk=request_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def inbox(by: Actor, page: str = "1") -> Inbox:
    clocks = read_clocks()
    waiting = [_told(row, clocks, by) for row in _waiting(by)]
    shown = Paginator(requests_for(by), A_PAGE).get_page(page)
    return Inbox(
        waiting=sorted(waiting, key=lambda line: (line.due and line.due.on) or date.max),
        entries=waiting_for(by),
        ending=_ending(by),
        page=shown,
        lines=[_told(row, clocks, by) for row in shown],
    )


def history_of(request: ShareRequest) -> list[History]:
    grant = Grant.objects.filter(request=request).first()
    subjects = [request.audit_subject, *([grant.audit_subject] if grant else [])]
    return history(*subjects, words=WORDS)


def use_of(resource: ResourceLine, by: Actor) -> Use:
    """Provider and authority see all use; a consumer its own; nobody else anything."""
    if not policy.has_desk(by):
        return Use([], [], 0, is_all=False)
    is_all = by.holds(Post.AUTHORITY) or by.department == resource.provider
    grants = Grant.objects.filter(request__resource_id=resource.key)
    calls = Call.objects.filter(route=resource.slug)
    if not is_all:
        grants = grants.filter(request__consumer__credit_code=by.department)
        calls = calls.filter(system__in=grants.values("system"))
    return Use(
        grants=list(grants.select_related("request__consumer").order_by("revoked_at", "-pk")),
        calls=_lines(calls.order_by("-at", "-pk")[:CALLS_SHOWN]),
        calls_today=calls.filter(at__gte=clock.midnight()).count(),
        is_all=is_all,
    )


def calls_today_by_resource(slugs: Sequence[str]) -> dict[str, int]:
    rows = calls_today().filter(route__in=slugs).values_list("route").annotate(calls=Count("pk"))
    return dict(rows)


def users_by_resource(keys: Iterable[int]) -> dict[int, list[str]]:
    """Names of the departments that hold a grant in force."""
    grants = in_force().filter(request__resource_id__in=list(keys)).order_by("pk")
    found: dict[int, list[str]] = {}
    for key, name in grants.values_list("request__resource_id", "request__consumer__name"):
        names = found.setdefault(key, [])
        if name not in names:
            names.append(name)
    return found


def is_asked(*, resource: str, consumer: str) -> bool:
    rows = ShareRequest.objects.filter(resource__slug=resource, consumer__credit_code=consumer)
    return rows.exists()


def asked_now(resources: Collection[str]) -> set[tuple[str, str]]:
    """Of these resources (slugs): each with the department whose request for it is under way."""
    rows = ShareRequest.objects.filter(resource__slug__in=resources, state__in=OPEN_STATES)
    return set(rows.values_list("resource__slug", "consumer__credit_code"))


def _waiting(by: Actor) -> QuerySet[ShareRequest]:
    consumer = Q(consumer__credit_code=by.department)
    provider = Q(resource__entry__provider__credit_code=by.department)
    suspended = Q(state=RequestState.ACTIVE, grant__standing=Standing.SUSPENDED)
    to_rectify, wanted = suspended & Q(grant__rectified=""), Q(pk__in=[])
    if by.holds(Post.DATA_HEAD):
        wanted |= consumer & Q(state=RequestState.OFFICE_REVIEW)
        wanted |= provider & Q(state=RequestState.SUBMITTED)
        wanted |= provider & suspended & ~Q(grant__rectified="")
    if by.holds(Post.DATA_HEAD) or by.holds(Post.APPLICANT):
        wanted |= consumer & to_rectify
    if by.holds(Post.APPLICANT):
        wanted |= consumer & Q(state__in=[RequestState.SUPPLEMENTING, RequestState.CLOSING])
    if by.holds(Post.AUTHORITY):
        wanted |= Q(state=RequestState.AGREED)
        wanted |= Q(state__in=ANSWERABLE, extension=Extension.ASKED)
    return requests_for(by).filter(wanted)


def _ending(by: Actor) -> list[Grant]:
    rows = in_force().filter(request__valid_to__lte=clock.today() + FAR)
    rows = rows.filter(request__in=requests_for(by).order_by().values("pk"))
    related = rows.select_related("request__consumer", "request__resource")
    return list(related.order_by("request__valid_to")[:A_PAGE])


def _told(request: ShareRequest, clocks: Clocks, by: Actor) -> RequestLine:
    """The main clock; to the authority its own, where it is asked for a longer reply."""
    dues = dues_of(request, clocks)
    if by.holds(Post.AUTHORITY) and Step.CONSENT in dues:
        return RequestLine(request, dues[Step.CONSENT])
    return RequestLine(request, next((due for due in dues.values() if not due.is_end), None))


def _lines(rows: Iterable[Call]) -> list[CallLine]:
    return [CallLine(row.at, row.system, row.route, row.status, row.milliseconds) for row in rows]


def used_today(grant: Grant) -> int:
    """Calls that count against the daily limit."""
    used = GrantDay.objects.filter(grant=grant, day=clock.today()).values_list("used", flat=True)
    return used.first() or 0


def request_of_grant(grant_id: int) -> int:
    key = Grant.objects.filter(pk=grant_id).values_list("request_id", flat=True).first()
    if key is None:
        raise NotFound
    return key
