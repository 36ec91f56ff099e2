"""People, a resource and requests for tests, made by the real actions."""

from datetime import date
from typing import Any
from zlib import crc32

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    mount_resource,
    publish_entry,
    submit_entry,
)
from diebian.base.exchange.grants.models import Grant, ShareRequest
from diebian.base.exchange.requests.actions import agree, approve_request, provision, request_share
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
    register_system,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import Privacy
from diebian.standards.sharing import SharingType

PROVIDER, CONSUMER, OTHER, BUREAU = "样例登记中心", "样例资金中心", "样例局外局", "样例数据局"
SYSTEM, SLUG = "sample-core", "sample-housing"
FOREVER = date(2099, 1, 1)
CONTRACT: dict[str, Any] = {
    "system": "sample",
    "path": "/ask",
    "format": "json",
    "headers": {"X-Key": "secret-word"},
    "request": {"id_number": "zjhm"},
    "person": "id_number",
    "fixed": {},
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"owner": "qlr", "area": "mj", "place": "xzq"},
    "region": "place",
    "probe": {"id_number": "219902198803120029"},
}


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post, of: str) -> Actor:
    return Actor(name=f"样例{post.value}", department=department(of), key=post, posts=(post,))


def an_entry(sharing: SharingType = SharingType.CONDITIONAL, title: str = "样例房屋") -> Any:
    items = [ItemFacts("权利人", level=3, privacy=Privacy.PERSONAL, column="owner")]
    facts = EntryFacts(
        title=title,
        sharing=sharing,
        review_due=FOREVER,
        sharing_basis="样例法第一条",
        items=[*items, ItemFacts("面积", column="area")],
    )
    manager = who(Post.DATA_MANAGER, PROVIDER)
    made = draft_entry(facts=facts, by=manager).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=manager)
    approve_entry(entry_id=made, by=who(Post.DATA_HEAD, PROVIDER))
    publish_entry(entry_id=made, by=who(Post.AUTHORITY, BUREAU))
    return made


def a_resource(sharing: SharingType = SharingType.CONDITIONAL, slug: str = SLUG) -> str:
    mount_resource(
        entry_id=an_entry(sharing, title=f"样例房屋 {slug}"),
        slug=slug,
        title="样例房屋查询",
        contract=CONTRACT,
        probe=lambda told: set(told["fields"]),
        by=who(Post.DATA_MANAGER, PROVIDER),
    )
    return slug


def ask(resource: str = SLUG, purpose: str = "样例用途", **changed: Any) -> ShareRequest:
    told: dict[str, Any] = {
        "resource": resource,
        "purpose": purpose,
        "legal_basis": "样例条例第一条",
        "scene": "样例审核",
        "columns": ["owner"],
        "tier": "standard",
        "valid_to": FOREVER,
        "by": who(Post.APPLICANT, CONSUMER),
    }
    return request_share(**{**told, **changed})


def a_submitted_request(resource: str = SLUG, purpose: str = "样例用途") -> ShareRequest:
    made = ask(resource, purpose)
    return approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, CONSUMER))


def a_grant(resource: str = SLUG, **changed: Any) -> Grant:
    register_system(code=SYSTEM, name="样例系统", department=department(CONSUMER), by=PLATFORM)
    made = ask(resource, **changed)
    approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, CONSUMER))
    agree(request_id=made.pk, by=who(Post.DATA_HEAD, PROVIDER))
    return provision(request_id=made.pk, by=PLATFORM)
