"""How a request stands that another component was given leave by: it, or whatever renewed it."""

from dataclasses import dataclass
from datetime import date

from diebian.kernel import clock

from .models import Grant, Mode, RequestState, ShareRequest, Standing


@dataclass(frozen=True)
class Share:
    """`words`: where it stands, as its own page says it."""

    request_id: int  # the newest of the renewals
    provider_name: str
    resource: str  # slug
    resource_title: str
    words: str
    valid_to: date
    is_in_force: bool
    is_over: bool  # nothing more can come of it


OVER = {
    RequestState.DECLINED,
    RequestState.REFUSED,
    RequestState.CLOSING,
    RequestState.CLOSED,
}


def share(request_id: int) -> Share:
    """Of the request and its renewals: the one in force, or else the newest."""
    chain = _with_renewals(request_id)
    lines = [_share(one) for one in chain]
    in_force = [one for one in lines if one.is_in_force]
    return (in_force or lines)[-1]


def may_compare(request_id: int) -> bool:
    """Whether the tables may be compared at this moment, under this request or its renewal."""
    return share(request_id).is_in_force


def _with_renewals(request_id: int) -> list[ShareRequest]:
    rows = ShareRequest.objects.select_related("resource__entry__provider")
    chain = list(rows.filter(pk=request_id))
    while more := list(rows.filter(renews=chain[-1]).order_by("pk")):
        chain += more
    return chain


def _share(request: ShareRequest) -> Share:
    grant = Grant.objects.filter(request=request).first()
    is_in_time = request.valid_to >= clock.today()
    standing = Standing(grant.standing) if grant else None
    words = request.get_state_display()
    if standing and standing != Standing.ACTIVE:
        words = f"授权{standing.label}"
    return Share(
        request_id=request.pk,
        provider_name=request.resource.entry.provider.name,
        resource=request.resource.slug,
        resource_title=request.resource.title,
        words=words,
        valid_to=request.valid_to,
        is_in_force=request.mode == Mode.COMPARE and standing == Standing.ACTIVE and is_in_time,
        is_over=request.state in OVER or not is_in_time,
    )
