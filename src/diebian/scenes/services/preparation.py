"""What a new installation needs before its first case: made by the people who make it.

Each step asks what is there already, so that running it again changes nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from diebian.base.catalogue.public import entry_id, mount_resource, resources_of
from diebian.base.comparison.public import declare, is_declared, requests_of
from diebian.base.directory.public import load_city, organisation
from diebian.base.exchange.public import (
    is_season,
    is_upstream,
    open_season,
    probe,
    register_upstream,
)
from diebian.base.lake.public import (
    Schedule,
    SourceKind,
    SourceUnreachable,
    TableUnknown,
    ask_collection,
    define_collection,
    is_collection,
    is_source,
    load_namings,
    register_source,
)
from diebian.base.licences.public import load_tables
from diebian.base.masterdata.public import is_declared as is_base
from diebian.base.masterdata.public import load_bases
from diebian.base.opening.public import open_samples
from diebian.base.quality.public import load_rules
from diebian.kernel import clock
from diebian.security.identity.public import (
    PLATFORM,
    Hashed,
    actor_by_username,
    is_account,
    register_official,
    register_person,
    register_system,
)
from diebian.standards.profile import CityProfile

from .acting import A_MONTH, ask_and_grant, entry_of, grant
from .base_starts import stand_up
from .carrying.following import deploy_standard
from .carrying.taking_up import take_up
from .ledger.actions import keep_ledger
from .upper import mount_upper
from .ways.loading import deploy_ways


def prepare(profile: CityProfile) -> Iterator[str]:
    """Says what it is doing, step by step."""
    changes = load_city(profile=profile, by=PLATFORM)
    yield f"城市资料：{len(changes)} 处变化"
    _people(profile.people)
    yield "样例人员"
    deploy_standard()
    yield "单个事项的流程"
    if count := deploy_ways(profile.folder):
        yield f"事项自己的流程：{count} 个"
    if count := take_up():
        yield f"接到流程上的原有办件：{count} 件"
    yield from _shared(profile)
    yield from _collected(profile)
    yield from open_samples(profile.document("open_data.yaml"))
    keep_ledger(by=PLATFORM)
    yield "免提交台账"


def _shared(profile: CityProfile) -> Iterator[str]:
    """Nodes above, interfaces, and who may ask them."""
    for told in profile.journey.get("upstreams", []):
        if not is_upstream(told["system"]):
            _upstream(told)
            yield f"上级节点：{told['title']}"
    for told in profile.journey.get("resources", []):
        _resource(told, profile.people)
        yield f"挂载：{told['title']}"
    if count := mount_upper(profile):
        yield f"上级资源：{count} 种"
    for told in profile.journey.get("requests", []):
        ask_and_grant(told)
        yield f"共享授权：{told['resource']}"
    for told in profile.journey.get("seasons", []):
        if not is_season(told["resource"]):
            _season(told)
            yield f"高峰期：{told['title']}"


def _collected(profile: CityProfile) -> Iterator[str]:
    """Tables of the lake, and what is made of them."""
    for told in profile.journey.get("collections", []):
        yield f"归集：{told['title']}{_collection(told)}"
    for told in profile.journey.get("comparisons", []):
        yield f"比对：{told['title']}{_comparison(told)}"
    # Their tables are known by now.
    yield f"列的数据元：{len(load_namings(profile, PLATFORM))} 处变化"
    yield f"质量规则：{len(load_rules(profile, PLATFORM))} 处变化"
    yield f"证照表：{len(load_tables(profile, PLATFORM))} 处变化"
    yield f"基础库：{len(load_bases(profile, PLATFORM))} 处变化"
    for told in profile.journey.get("bases", []):
        if is_base(told["slug"]):
            stand_up(told, profile.people)
            yield f"基础库的来源：{told['slug']}"


def _people(told: Mapping[str, Any]) -> None:
    word = Hashed.of(told["password"])
    for one in told["persons"]:
        if not is_account(one["username"]):
            register_person(
                username=one["username"],
                password=word,
                name=one["name"],
                id_number=one["id_number"],
                phone=one.get("phone", ""),
                is_sample=True,
                by=PLATFORM,
            )
    for one in told["officials"]:
        if not is_account(one["username"]):
            register_official(
                username=one["username"],
                password=word,
                name=one["name"],
                department=organisation(one["organisation"]).credit_code,
                posts=one["posts"],
                is_sample=True,
                by=PLATFORM,
            )
    for one in told["systems"]:
        owner = organisation(one["organisation"]).credit_code
        register_system(code=one["code"], name=one["name"], department=owner, by=PLATFORM)


def _upstream(told: Mapping[str, Any]) -> None:
    key = told["key"]
    register_upstream(
        system=told["system"],
        title=told["title"],
        level=told["level"],
        key_id=key["id"],
        secret=key["secret"],
        by=PLATFORM,
    )


def _resource(told: Mapping[str, Any], people: Mapping[str, Any]) -> None:
    """Manager, head and authority do their parts; the manager mounts, which really asks."""
    manager = actor_by_username(told["mounted_by"])
    entry = entry_of(told, people, manager)
    if resources_of(entry):
        return
    mount_resource(
        entry_id=entry,
        slug=told["slug"],
        title=told["title"],
        contract=told["contract"],
        probe=probe,
        by=manager,
    )


def _season(told: Mapping[str, Any]) -> None:
    """A rehearsal from now on, opened by whoever would open the real one."""
    open_season(
        resource=told["resource"],
        title=told["title"],
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=told["days"]),
        each_second=told["each_second"],
        waiting_most=told["waiting_most"],
        kept_minutes=told["kept_minutes"],
        by=actor_by_username(told["opened_by"]),
    )


def _collection(told: Mapping[str, Any]) -> str:
    """The manager of the data defines it; the worker takes the first batch when it has started.

    Where a real system stands in the sandbox's place, its tables are not ours to look into.
    """
    if is_collection(told["slug"]):
        return ""
    try:
        _define(told)
    except (SourceUnreachable, TableUnknown) as error:
        return f"，没有登记：{error.title}"
    return ""


@transaction.atomic
def _define(told: Mapping[str, Any]) -> None:
    manager, source = actor_by_username(told["defined_by"]), told["source"]
    if not is_source(source["slug"]):
        register_source(
            slug=source["slug"],
            title=source["title"],
            department=manager.department,
            kind=SourceKind(source.get("kind", SourceKind.POSTGRESQL)),
            address={"sandbox": source["sandbox"]},
            is_sample=True,
            by=manager,
        )
    define_collection(
        slug=told["slug"],
        title=told["title"],
        source=source["slug"],
        table=told["table"],
        key=told["key"],
        types=told.get("types"),
        options=told.get("options"),
        schedule=Schedule(told.get("schedule", "daily")),
        entry=entry_id(provider=manager.department, title=told.get("entry", "")),
        by=manager,
    )
    ask_collection(slug=told["slug"], by=manager)


def _comparison(told: Mapping[str, Any]) -> str:
    """Applicant, own data head, provider's data head, platform; nobody compares anything yet."""
    if is_declared(told["slug"]):
        return ""
    if not (is_collection(told["left"]) and is_collection(told["right"])):
        return "，没有登记：有一张表没有归集"
    _declare(told)
    return ""


@transaction.atomic
def _declare(told: Mapping[str, Any]) -> None:
    made = declare(
        **{name: told[name] for name in ("slug", "title", "left", "right", "plan", "seen_by")},
        purpose=told["purpose"],
        legal_basis=told["legal_basis"],
        valid_to=clock.today() + told["months"] * A_MONTH,
        by=actor_by_username(told["requested_by"]),
    )
    for request in requests_of(made.slug):
        grant(request, told)
