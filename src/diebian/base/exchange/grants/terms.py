"""What a grant allows, for components that deliver under it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from diebian.base.catalogue.public import resources_named
from diebian.kernel.errors import NotFound

from .in_force import in_force, is_in_force
from .models import Grant, Mode, ShareRequest
from .volume import Volume, volume_of

NAMED = ("request__consumer", "request__resource__entry__provider", "request__renews__grant")


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
    columns: tuple[str, ...]  # without those that the catalogue withholds now
    masked: tuple[str, ...]
    region: str
    valid_to: date
    requested_by: str
    is_in_force: bool  # it stands, and there is something left to give
    volume: Volume | None = None  # of tables and files
    renews: int | None = None  # the grant that it goes on from


def terms_of(grant_id: int) -> GrantTerms:
    found = _grants().filter(pk=grant_id).first()
    if found is None:
        raise NotFound
    return _told([found])[0]


def terms_by_grant(grant_ids: Iterable[int]) -> dict[int, GrantTerms]:
    """Of many at once, for a list."""
    told = _told(_grants().filter(pk__in=list(grant_ids)))
    return {terms.grant: terms for terms in told}


def in_force_of(department: str, mode: Mode) -> list[GrantTerms]:
    """What a consumer may use in one way, the newest first."""
    rows = in_force().filter(request__consumer__credit_code=department, request__mode=mode)
    return _told(rows.select_related(*NAMED).order_by("-pk"))


def in_force_over(resources: Collection[str]) -> list[GrantTerms]:
    """Of these resources (slugs): what every consumer may use, in every way."""
    rows = in_force().filter(request__resource__slug__in=resources)
    return _told(rows.select_related(*NAMED).order_by("pk"))


def terms_with_volume(department: str) -> list[GrantTerms]:
    """Of grants in force that have one; with this department on either side, or all."""
    rows = in_force().filter(request__volume__isnull=False)
    if department:
        consumer = Q(request__consumer__credit_code=department)
        rows = rows.filter(consumer | Q(request__resource__entry__provider__credit_code=department))
    return _told(rows.select_related(*NAMED).order_by("-pk"))


def granted_terms(request_id: int) -> GrantTerms | None:
    """Of the grant that a request has, if it has one."""
    found = _grants().filter(request=request_id).first()
    return _told([found])[0] if found else None


def hold(terms: GrantTerms) -> bool:
    """Inside a transaction: whether it is in force on these terms, and it stays so until the
    transaction ends. A column that was withheld since they were read ends it as well.

    Whoever suspends or revokes waits for that moment; what comes after it is delivered no more.
    """
    rows = Grant.objects.select_for_update(no_key=True, of=("self",)).select_related("request")
    found = rows.filter(pk=terms.grant).first()
    if found is None or not is_in_force(found):
        return False
    return withheld_by([terms.resource]).get(terms.resource, frozenset()).isdisjoint(terms.columns)


def withheld_by(slugs: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """By resource the columns of which the catalogue says now that nobody else may have them."""
    return {line.slug: line.withheld for line in resources_named(list(set(slugs)))}


def _grants() -> QuerySet[Grant]:
    return Grant.objects.select_related(*NAMED)


def _told(grants: Iterable[Grant]) -> list[GrantTerms]:
    found = list(grants)
    withheld = withheld_by(grant.request.resource.slug for grant in found)
    return [_terms(one, withheld.get(one.request.resource.slug, frozenset())) for one in found]


def _terms(grant: Grant, withheld: frozenset[str]) -> GrantTerms:
    request = grant.request
    provider = request.resource.entry.provider
    columns = tuple(one for one in request.columns if one not in withheld)
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
        columns=columns,
        masked=tuple(request.masked),
        region=request.region,
        valid_to=request.valid_to,
        requested_by=request.requested_by,
        is_in_force=is_in_force(grant) and bool(columns),
        volume=volume_of(
            request.resource.kind, request.volume, request.volume_per, request.valid_to
        ),
        renews=_renewed(request),
    )


def _renewed(request: ShareRequest) -> int | None:
    grant = getattr(request.renews, "grant", None)
    return grant.pk if grant else None
