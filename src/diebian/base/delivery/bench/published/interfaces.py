"""Interfaces of the city's own systems and of nodes above: mounted with a real probe, then asked
for and granted by the people whose part that is.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from diebian.base.catalogue.public import StockLine, mount_resource
from diebian.base.exchange.public import (
    agree,
    approve_request,
    open_season,
    probe,
    provision,
    register_upstream,
    request_share,
)
from diebian.kernel import clock
from diebian.kernel.progress import Progress, Report
from diebian.security.identity.public import PLATFORM, register_system

from .people import applicant, authority, head, manager
from .plan import shares

PURPOSE = "样例用途：办理本部门事项"
BASIS = "样例依据"
A_YEAR, A_DAY = timedelta(days=365), timedelta(days=1)
NODES = {"national": "样例国家数据共享平台", "province": "样例省数据共享平台"}
LEVELS: Mapping[str, Any] = {"national": "national", "province": "province"}
EACH_SECOND = 4000  # what the department says that its system answers in the season
CONSUMERS = 6


def register_nodes() -> None:
    for system, title in NODES.items():
        register_upstream(
            system=system,
            title=title,
            level=LEVELS[system],
            key_id=f"sample-{system}",
            secret=f"sample-{system}-key",
            by=PLATFORM,
        )


def mount_local(entries: Sequence[StockLine], contract: Mapping[str, Any], report: Report) -> None:
    for number, entry in enumerate(entries):
        _mount(entry, local_slug(number), {**contract, "path": f"/local/{number:04}"})
        report(Progress("挂载接口", number + 1, len(entries), unit="个接口"))


def mount_upper(
    entries: Sequence[StockLine], contract: Mapping[str, Any], calls: int, report: Report
) -> None:
    """The quota of a day is what will be asked, a tenth more, and the probe."""
    systems, asked = list(NODES), shares(calls, len(entries))
    for number, entry in enumerate(entries):
        quota = {"day": asked[number] + asked[number] // 10 + 2}
        also = {"system": systems[number % len(systems)], "path": f"/upper/{number:04}"}
        _mount(entry, upper_slug(number), {**contract, **also, "quota": quota})
        report(Progress("代理上级接口", number + 1, len(entries), unit="个接口"))


def grant_all(entries: Sequence[StockLine], slugs: Sequence[str], report: Report) -> dict[str, str]:
    """Resource to the system that may call it now. Each is asked for by another department."""
    departments = list(dict.fromkeys(entry.department for entry in entries))
    systems = {code: f"bench-{place}" for place, code in enumerate(departments[: CONSUMERS + 1])}
    for code, system in systems.items():
        register_system(code=system, name=f"样例系统 {system}", department=code, by=PLATFORM)
    told: dict[str, str] = {}
    for number, (entry, slug) in enumerate(zip(entries, slugs, strict=True)):
        others = [code for code in systems if code != entry.department][:CONSUMERS]
        consumer = others[number % len(others)]
        _grant(slug, entry.department, consumer)
        told[slug] = systems[consumer]
        report(Progress("申请、同意、开通", number + 1, len(slugs), unit="项授权"))
    return told


def crowd(slug: str) -> None:
    now = clock.now()
    open_season(
        resource=slug,
        title="样例高峰期",
        starts_at=now,
        ends_at=now + A_DAY,
        each_second=EACH_SECOND,
        waiting_most=1_000_000,
        kept_minutes=24 * 60,
        by=PLATFORM,
    )


def local_slug(number: int) -> str:
    return f"bench-i{number:04}"


def upper_slug(number: int) -> str:
    return f"bench-u{number:04}"


def _mount(entry: StockLine, slug: str, contract: Mapping[str, Any]) -> None:
    items = dict(zip(contract["fields"], entry.items, strict=False))
    mount_resource(
        entry_id=entry.id,
        slug=slug,
        title=entry.title,
        contract={**contract, "items": items},
        probe=probe,
        by=manager(entry.department),
    )


def _grant(slug: str, provider: str, consumer: str) -> None:
    request = request_share(
        resource=slug,
        purpose=PURPOSE,
        legal_basis=BASIS,
        scene="样例场景",
        columns=["address", "area"],
        tier="bulk",
        valid_to=clock.today() + A_YEAR,
        by=applicant(consumer),
    )
    approve_request(request_id=request.pk, by=head(consumer))
    agree(request_id=request.pk, by=head(provider))
    provision(request_id=request.pk, by=authority(provider))
