"""What a grant allows, for components that deliver under it; and what they add to its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor

from .models import Grant, Mode, Standing


@dataclass(frozen=True)
class GrantTerms:
    grant: int
    request: int
    mode: Mode
    resource: str  # its slug
    title: str
    consumer: str  # credit codes
    consumer_name: str
    provider: str
    provider_name: str
    system: str
    purpose: str
    columns: tuple[str, ...]
    masked: tuple[str, ...]
    region: str
    valid_to: date
    requested_by: str
    is_in_force: bool


@dataclass(frozen=True)
class GrantPanel:
    """`context` is asked with the grant and the reader; nothing told, nothing shown."""

    slug: str
    template: str
    context: Callable[[GrantTerms, Actor], Mapping[str, Any] | None]


grant_panels = Registry[GrantPanel]("grant panel")


def terms_of(grant_id: int) -> GrantTerms:
    grants = Grant.objects.select_related("request__consumer", "request__resource__entry__provider")
    found = grants.filter(pk=grant_id).first()
    if found is None:
        raise NotFound
    return _told(found)


def in_force_of(department: str, mode: Mode) -> list[GrantTerms]:
    """What a consumer may use in one way, the newest first."""
    rows = Grant.objects.filter(
        request__consumer__credit_code=department,
        request__mode=mode,
        standing=Standing.ACTIVE,
        request__valid_to__gte=clock.today(),
    )
    related = rows.select_related("request__consumer", "request__resource__entry__provider")
    return [_told(grant) for grant in related.order_by("-pk")]


def hold(grant_id: int) -> bool:
    """Inside a transaction: whether it is in force, and it stays so until the transaction ends.

    Whoever suspends or revokes waits for that moment; what comes after it is delivered no more.
    """
    rows = Grant.objects.select_for_update(no_key=True, of=("self",)).select_related("request")
    found = rows.filter(pk=grant_id).first()
    return found is not None and _is_in_force(found)


def _told(grant: Grant) -> GrantTerms:
    request = grant.request
    provider = request.resource.entry.provider
    return GrantTerms(
        grant=grant.pk,
        request=request.pk,
        mode=Mode(request.mode),
        resource=request.resource.slug,
        title=request.resource.title,
        consumer=request.consumer.credit_code,
        consumer_name=request.consumer.name,
        provider=provider.credit_code,
        provider_name=provider.name,
        system=grant.system,
        purpose=request.purpose,
        columns=tuple(request.columns),
        masked=tuple(request.masked),
        region=request.region,
        valid_to=request.valid_to,
        requested_by=request.requested_by,
        is_in_force=_is_in_force(grant),
    )


def _is_in_force(grant: Grant) -> bool:
    return grant.standing == Standing.ACTIVE and grant.request.valid_to >= clock.today()
