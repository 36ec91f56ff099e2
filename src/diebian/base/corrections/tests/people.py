"""Offices, a resource and two persons for tests, made by the real actions."""

from datetime import date
from zlib import crc32

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    Kind,
    approve_entry,
    draft_entry,
    entry_id,
    mount_resource,
    publish_entry,
    submit_entry,
)
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
    register_person,
)
from diebian.standards.credit_code import check_character
from diebian.standards.sharing import SharingType
from tests.days import a_calendar

PROVIDER, CONSUMER, OTHER, BUREAU = "样例登记中心", "样例资金中心", "样例局外局", "样例数据局"
SLUG, TITLE = "sample-housing", "样例房屋查询"
NUMBERS = {"sample-one": "219902198803120029", "sample-two": "11010519491231002X"}


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post, of: str) -> Actor:
    return Actor(name=f"样例{post.value}", department=department(of), key=post, posts=(post,))


def set_the_scene() -> None:
    """A calendar without a holiday, one mounted resource, two persons."""
    a_calendar()
    _mount()
    for name, number in NUMBERS.items():
        register_person(
            username=name,
            password="样例-2026-长",
            name="样例",
            id_number=number,
            phone="13800000000",
            is_sample=True,
            by=PLATFORM,
        )


def mount_table() -> None:
    """The same entry as a table that can be delivered."""
    manager = who(Post.DATA_MANAGER, PROVIDER)
    entry = entry_id(provider=manager.department, title="样例房屋")
    assert entry is not None
    mount_resource(
        entry_id=entry,
        slug="sample-table",
        title="样例房屋库表",
        contract={"collection": "sample", "fields": {"area": "mj"}},
        probe=lambda told: set(told["fields"]),
        by=manager,
        kind=Kind.TABLE,
    )


def _mount() -> None:
    manager = who(Post.DATA_MANAGER, PROVIDER)
    facts = EntryFacts(
        title="样例房屋",
        sharing=SharingType.CONDITIONAL,
        review_due=date(2099, 1, 1),
        items=[ItemFacts("面积", column="area")],
    )
    entry = draft_entry(facts=facts, by=manager).public_id
    submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=manager)
    approve_entry(entry_id=entry, by=who(Post.DATA_HEAD, PROVIDER))
    publish_entry(entry_id=entry, by=who(Post.AUTHORITY, BUREAU))
    mount_resource(
        entry_id=entry,
        slug=SLUG,
        title=TITLE,
        contract={"system": "sample", "fields": {"area": "mj"}},
        probe=lambda told: set(told["fields"]),
        by=manager,
    )
