"""异常查询 as those see them who can do something about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from diebian.base.catalogue.public import resources_named
from diebian.base.exchange import policy
from diebian.base.exchange.metering.asked_calls import Question
from diebian.kernel import clock
from diebian.security.identity.public import Actor, system_names

from .models import LookAlarm

LATELY, MOST = timedelta(days=30), 20


@dataclass(frozen=True)
class AlarmLine:
    alarm: LookAlarm
    resource: str
    system: str
    query: str  # of the calls behind it


def alarms(by: Actor) -> list[AlarmLine]:
    """All open ones, then those of late that suspended a grant, then as many others as a page has
    room for. Whatever somebody may have to act on is never cut off.
    """
    lately = Q(looked_at=None) | Q(looked_at__gte=clock.now() - LATELY)
    seen = list(_seen(by, LookAlarm.objects.filter(lately).order_by("-looked_at", "-raised_at")))
    first = [one for one in seen if one.alarm.looked_at is None]
    first += [one for one in seen if one.alarm.looked_at and one.alarm.has_suspended]
    others = [one for one in seen if one.alarm.looked_at and not one.alarm.has_suspended]
    return [*first, *others[:MOST]]


def _seen(by: Actor, rows: QuerySet[LookAlarm]) -> Iterator[AlarmLine]:
    """What was unmounted since has no provider here any more: the authority still sees it."""
    alarms, names = list(rows), system_names()
    lines = {line.slug: line for line in resources_named([one.resource for one in alarms])}
    for one in alarms:
        line = lines.get(one.resource)
        if policy.may_look_into(by, line.provider if line else ""):
            yield AlarmLine(
                alarm=one,
                resource=line.title if line else one.resource,
                system=names.get(one.system, one.system),
                query=Question(days="7", resource=one.resource, system=one.system).query(),
            )
