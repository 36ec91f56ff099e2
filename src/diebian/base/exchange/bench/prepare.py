"""`python -m diebian.base.exchange.bench.prepare`: tables, then resources and grants from stdin.

Departments, entries and mounts are made by their own actions (a mount really asks). The grants are
rows of ours, written at once: hundreds of them are to be published one time, not hundreds of times.
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import django

Ask = Callable[[dict[str, Any]], set[str]]  # asks a department and names the columns that came
A_YEAR = timedelta(days=365)


def prepare(grants: list[Mapping[str, Any]], *, ask: Ask) -> None:
    from diebian.base.catalogue.public import (
        EntryFacts,
        ItemFacts,
        approve_entry,
        draft_entry,
        mount_resource,
        publish_entry,
        submit_entry,
    )
    from diebian.kernel import clock
    from diebian.security.identity.public import PLATFORM, Actor, Post, register_departments
    from diebian.standards.sharing import SharingType

    from .origin import CONTRACT

    codes = _credit_codes(len({told["system"] for told in grants}) + 1)
    names = {code: f"样例部门 {number}" for number, code in enumerate(codes)}
    register_departments(names=names, by=PLATFORM)
    posts = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.AUTHORITY)  # one person of a small city
    provider = Actor(name="样例", department=codes[0], posts=posts)
    types = {column: kind for told in grants for column, kind in told.get("types", {}).items()}
    facts = EntryFacts(
        title="样例目录",
        sharing=SharingType.CONDITIONAL,
        review_due=clock.today() + A_YEAR,
        items=[
            ItemFacts(name=f"样例 {one}", column=one, type=types.get(one, "C"))
            for one in CONTRACT["fields"]
        ],
    )
    entry = draft_entry(facts=facts, by=provider).public_id
    submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=provider)
    approve_entry(entry_id=entry, by=provider)
    publish_entry(entry_id=entry, by=provider)
    other = {told["resource"]: told.get("contract", {}) for told in grants}
    for slug in sorted(other):
        mount_resource(
            entry_id=entry,
            slug=slug,
            title=f"样例接口 {slug}",
            contract={**CONTRACT, **other[slug]},
            probe=ask,
            by=provider,
        )
    _grant(grants, codes[1:])


def _grant(grants: list[Mapping[str, Any]], codes: list[str]) -> None:
    from diebian.base.catalogue.public import resource
    from diebian.base.exchange.cases.actions import open_case
    from diebian.base.exchange.grants.models import Grant, RequestState, ShareRequest
    from diebian.kernel import clock
    from diebian.security.identity.public import PLATFORM, department_keys, register_system
    from diebian.standards.sharing import SharingType

    systems = dict(zip(sorted({told["system"] for told in grants}), codes, strict=True))
    for system, code in systems.items():
        register_system(code=system, name=f"样例系统 {system}", department=code, by=PLATFORM)
    for told in grants:
        if told.get("persons"):
            open_case(system=told["system"], case_no=told["case_no"], id_numbers=told["persons"],
                      by=PLATFORM)  # fmt: skip
    keys, now = department_keys(), clock.now()
    resources = {slug: resource(slug).key for slug in {told["resource"] for told in grants}}
    requests = ShareRequest.objects.bulk_create(
        ShareRequest(
            resource_id=resources[told["resource"]],
            consumer_id=keys[systems[told["system"]]],
            purpose=told["purpose"],
            legal_basis="样例",
            scene="样例",
            columns=["address", "area"],
            sharing=SharingType.CONDITIONAL,
            daily_limit=told.get("daily_limit"),
            masked=told.get("masked", []),
            region=told.get("region", ""),
            mode=told.get("mode", "rows"),
            tier=told["tier"],
            valid_to=clock.today() + A_YEAR,
            state=RequestState.ACTIVE,
            requested_by="sample",
            requested_at=now,
        )
        for told in grants
    )
    Grant.objects.bulk_create(
        Grant(request=request, system=told["system"], granted_at=now)
        for request, told in zip(requests, grants, strict=True)
    )


def _credit_codes(count: int) -> list[str]:
    """Well-formed, and nobody's."""
    from diebian.standards.credit_code import check_character

    bodies = [f"11000000{number:09d}" for number in range(count)]
    return [body + check_character(body) for body in bodies]


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from diebian.base.exchange.adapters.probing import probe

    call_command("migrate", verbosity=0)
    prepare(json.load(sys.stdin), ask=probe)
