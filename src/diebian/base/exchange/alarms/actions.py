"""异常查询: raised by the platform from what was read, looked into by whoever provides the data."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine, resources_named
from diebian.base.exchange import policy
from diebian.base.exchange.grants.in_force import called_in_force
from diebian.base.exchange.grants.models import Grant
from diebian.base.exchange.grants.sides import keepers_of
from diebian.base.exchange.interfaces.look_limits import WINDOW, limits_in
from diebian.base.exchange.requests.actions.rows import text
from diebian.base.exchange.requests.actions.suspending import suspend
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    officials_holding,
    system_names,
)
from diebian.security.tracker.public import Looks, looks_since

from .models import LookAlarm
from .refusals import AlarmOver


@transaction.atomic
def watch_looks(*, by: Actor) -> list[LookAlarm]:
    """The alarms that are new. Run it as often as you like: an open one only goes on."""
    if not policy.may_work_by_itself(by):
        raise Refused
    now = clock.now()
    found = looks_since(now - WINDOW)
    lines = {line.slug: line for line in resources_named([one.route for one in found])}
    raised = []
    for looks in found:
        line = lines.get(looks.route)
        if line is None or not limits_in(line.contract).broken_by(looks):
            continue
        alarm, is_new = _seen(line, looks, now)
        if alarm is not None and is_new:
            audit.record(by=by, action="exchange.alarm.raised", subject=alarm.audit_subject)
            _tell(alarm, line)
            raised.append(alarm)
        if alarm is not None and not alarm.has_suspended:
            _suspended(alarm, line, looks, by)
    return raised


@transaction.atomic
def look_into(*, alarm_id: int, finding: str, by: Actor) -> LookAlarm:
    """The provider, or the authority, says what it was; the next one begins anew."""
    alarm = LookAlarm.objects.select_for_update().filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound
    if not policy.may_look_into(by, _provider(alarm.resource)):
        raise Refused
    if alarm.looked_at is not None:
        raise AlarmOver
    alarm.finding, alarm.looked_at, alarm.looked_by = text(finding)[:300], clock.now(), by.name
    alarm.save(update_fields=["finding", "looked_at", "looked_by"])
    audit.record(by=by, action="exchange.alarm.looked_into", subject=alarm.audit_subject)
    return alarm


def _seen(line: ResourceLine, looks: Looks, now: datetime) -> tuple[LookAlarm | None, bool]:
    """The open alarm, made if there is none. What was looked into already is not told again."""
    pair = {"resource": looks.route, "system": looks.system}
    told = LookAlarm.objects.filter(**pair, looked_at__gt=now - WINDOW)
    last = told.order_by("-looked_at").values_list("looked_at", flat=True).first()
    if last is not None:
        rest = looks_since(last, system=looks.system, route=looks.route)
        if not rest or not limits_in(line.contract).broken_by(rest[0]):
            return None, False
        looks = rest[0]
    says = limits_in(line.contract).broken_by(looks)
    counts = {"nobody": looks.nobody, "persons": looks.persons, "says": says, "last_at": now}
    alarm, is_new = LookAlarm.objects.select_for_update().get_or_create(
        **pair, looked_at=None, defaults={**counts, "raised_at": now}
    )
    if not is_new:
        alarm.nobody, alarm.persons = (
            max(alarm.nobody, looks.nobody),
            max(alarm.persons, looks.persons),
        )
        alarm.last_at = now
        alarm.save(update_fields=["nobody", "persons", "last_at"])
    return alarm, is_new


def _tell(alarm: LookAlarm, line: ResourceLine) -> None:
    """Whoever keeps the data, and the authority: the consumer is not warned beforehand."""
    system = system_names().get(alarm.system, alarm.system)
    notify_all(
        keys=[*keepers_of(line.provider), *officials_holding(Post.AUTHORITY)],
        title=f"异常查询：{line.title}",
        body=f"{system}{alarm.says}。请向使用部门核实，需要的话暂停授权；核实后写明结果。",
        link=reverse("exchange:console"),
        by=PLATFORM,
    )


def _suspended(alarm: LookAlarm, line: ResourceLine, looks: Looks, by: Actor) -> None:
    """Only where the provider declared it: then it is the provider's own word."""
    if not limits_in(line.contract).suspends(looks):
        return
    reason = f"自动暂停：{alarm.says}（提供部门声明的限度），请提供部门核实"
    for grant in _grants(alarm):
        suspend(grant_id=grant.pk, reason=reason, by=by)
    alarm.has_suspended = True
    alarm.save(update_fields=["has_suspended"])


def _grants(alarm: LookAlarm) -> QuerySet[Grant]:
    rows = called_in_force().filter(system=alarm.system, request__resource__slug=alarm.resource)
    return rows.order_by("pk")


def _provider(slug: str) -> str:
    return next((line.provider for line in resources_named([slug])), "")
