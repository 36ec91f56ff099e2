"""How a request stands that another component was given leave by: it, or whatever renewed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diebian.kernel import clock

from .in_force import is_in_force
from .models import BY_PLATFORM, RequestState, ShareRequest, Standing
from .terms import withheld_by


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
    return shares([request_id])[request_id]


def shares(request_ids: Iterable[int]) -> dict[int, Share]:
    """Many at once, for a list: as many questions as there are renewals one after another."""
    rows = ShareRequest.objects.select_related("resource__entry__provider", "grant").order_by("pk")
    chains = {one.pk: [one] for one in rows.filter(pk__in=list(request_ids))}
    first = {key: key for key in chains}
    while newest := {chain[-1].pk: key for key, chain in chains.items() if first.pop(key, None)}:
        for one in rows.filter(renews__in=list(newest)):
            key = newest[one.renews_id] if one.renews_id else 0
            chains[key].append(one)
            first[key] = key
    withheld = withheld_by(one.resource.slug for chain in chains.values() for one in chain)
    return {
        key: _best([_share(one, withheld.get(one.resource.slug, frozenset())) for one in chain])
        for key, chain in chains.items()
    }


def _best(lines: Sequence[Share]) -> Share:
    in_force = [one for one in lines if one.is_in_force]
    return (in_force or lines)[-1]


def _share(request: ShareRequest, withheld: frozenset[str]) -> Share:
    """All of its columns are compared, so one that is withheld by now stops the whole."""
    grant = getattr(request, "grant", None)
    standing = Standing(grant.standing) if grant else None
    words = request.get_state_display()
    if standing and standing != Standing.ACTIVE:
        words = f"授权{standing.label}"
    is_whole = withheld.isdisjoint(request.columns)
    if standing == Standing.ACTIVE and not is_whole:
        words = "有信息项改为不予共享，不能再用"
    return Share(
        request_id=request.pk,
        provider_name=request.resource.entry.provider.name,
        resource=request.resource.slug,
        resource_title=request.resource.title,
        words=words,
        valid_to=request.valid_to,
        is_in_force=request.mode in BY_PLATFORM
        and grant is not None
        and is_whole
        and is_in_force(grant),
        is_over=request.state in OVER or request.valid_to < clock.today(),
    )
