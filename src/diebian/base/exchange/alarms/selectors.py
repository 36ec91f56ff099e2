"""异常查询 as those see them who can do something about it."""

from dataclasses import dataclass
from datetime import timedelta

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
    """The open ones first, then those that were looked into of late."""
    told = LookAlarm.objects.filter(looked_at=None) | LookAlarm.objects.filter(
        looked_at__gte=clock.now() - LATELY
    )
    rows = list(told.order_by("looked_at", "-raised_at")[: MOST * 10])
    lines = {line.slug: line for line in resources_named([one.resource for one in rows])}
    names = system_names()
    seen = [
        AlarmLine(
            alarm=one,
            resource=lines[one.resource].title,
            system=names.get(one.system, one.system),
            query=Question(days="7", resource=one.resource, system=one.system).query(),
        )
        for one in rows
        if one.resource in lines and policy.may_look_into(by, lines[one.resource].provider)
    ]
    return sorted(seen, key=lambda line: line.alarm.looked_at is not None)[:MOST]
