"""A season: the line before an interface is opened for a time, and ended."""

from datetime import datetime, timedelta

from django.db import transaction

from diebian.base.catalogue.public import resource as resource_of
from diebian.base.exchange import policy
from diebian.base.exchange.gateway.publishing import publish
from diebian.base.exchange.waiting_line.models import Season
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from .refusals import SeasonOpen, SeasonOver, SeasonUnclear

LONGEST = timedelta(days=60)


@transaction.atomic
def open_season(
    *,
    resource: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    each_second: int,
    waiting_most: int,
    kept_minutes: int,
    by: Actor,
) -> Season:
    """From its start on calls stand in line; the gateway follows after the commit, or each minute.

    `each_second`: what the department says that its system answers. Raises `SeasonOpen`.
    """
    if not policy.may_keep_seasons(by):
        raise Refused
    if not starts_at < ends_at <= starts_at + LONGEST or min(each_second, waiting_most) < 1:
        raise SeasonUnclear
    key = resource_of(resource).key
    open_ones = Season.objects.select_for_update().filter(resource_id=key, ended_at=None)
    open_ones.filter(ends_at__lte=clock.now()).update(ended_at=clock.now())
    if open_ones.exists():
        raise SeasonOpen
    made = Season.objects.create(
        resource_id=key,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        each_second=each_second,
        waiting_most=waiting_most,
        kept_minutes=kept_minutes,
    )
    audit.record(by=by, action="exchange.season.opened", subject=made.audit_subject)
    transaction.on_commit(publish)
    return made


@transaction.atomic
def end_season(*, season_id: int, by: Actor) -> Season:
    """At once: who still holds a ticket is served without it."""
    if not policy.may_keep_seasons(by):
        raise Refused
    season = Season.objects.select_for_update().filter(pk=season_id).first()
    if season is None:
        raise NotFound
    if season.ended_at is not None or season.ends_at <= clock.now():
        raise SeasonOver
    season.ended_at = clock.now()
    season.save(update_fields=["ended_at"])
    audit.record(by=by, action="exchange.season.ended", subject=season.audit_subject)
    transaction.on_commit(publish)
    return season
