"""A department with two small tables in the lake, and rules made by the actions."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from django.conf import settings

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    mount_resource,
    publish_entry,
    submit_entry,
)
from diebian.base.lake.public import (
    SourceKind,
    collect,
    define_collection,
    is_collection,
    register_source,
)
from diebian.base.quality.models import Rule
from diebian.base.quality.rule_actions import declare_rule
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    person_named,
    register_department,
    register_official,
    register_person,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import Privacy, UpdateCycle
from diebian.standards.sharing import SharingType

OWNER, OTHER, BUREAU = "样例登记中心", "样例局外局", "样例数据局"
GOOD_ID = "11010519491231002X"
TYPES = {"id": "BIGINT", "sfz": "VARCHAR", "name": "VARCHAR", "age": "INTEGER", "sex": "VARCHAR",
         "born": "DATE", "seen": "DATE", "area": "VARCHAR"}  # fmt: skip
HEADER = "id,sfz,name,age,sex,born,seen,area"


def department(name: str = OWNER) -> str:
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = OWNER) -> Actor:
    key = f"{post.value}-{crc32(of.encode())}"
    return Actor(name=f"样例{post.value}", department=department(of), key=key, posts=(post,))


AUTHORITY = (Post.AUTHORITY, BUREAU)


def an_official(actor: Actor) -> Actor:
    """With an account, so that notices reach it."""
    register_official(
        username=actor.key,
        password="样例口令",
        name=actor.name,
        department=actor.department,
        posts=list(actor.posts),
        by=PLATFORM,
    )
    return actor


def a_person() -> str:
    """Whose row it is; gives the key."""
    register_person(
        username="wang", password="样例口令", name="样例王", id_number=GOOD_ID,
        phone="13800000000", by=PLATFORM,
    )  # fmt: skip
    found = person_named(id_number=GOOD_ID, name="样例王")
    assert found is not None
    return found.key


def a_published_entry() -> UUID:
    """With an interface behind it, so that its health is known at all."""
    facts = EntryFacts(
        title="样例目录", sharing=SharingType.CONDITIONAL, review_due=date(2030, 1, 1),
        update_cycle=UpdateCycle.MONTH,
        items=[ItemFacts("姓名", level=3, privacy=Privacy.PERSONAL, column="name")],
    )  # fmt: skip
    entry = draft_entry(facts=facts, by=who()).public_id
    submit_entry(entry_id=entry, secrecy_reviewed=True, privacy_assessed=True, by=who())
    approve_entry(entry_id=entry, by=who(Post.DATA_HEAD))
    publish_entry(entry_id=entry, by=who(*AUTHORITY))
    contract = {
        "system": "sample", "path": "/ask", "format": "json", "headers": {},
        "request": {"id_number": "zjhm"}, "fixed": {}, "success": {"field": "code", "value": "0"},
        "rows": "data", "fields": {"name": "xm"}, "probe": {"id_number": GOOD_ID},
    }  # fmt: skip
    mount_resource(
        entry_id=entry, slug="sample", title="样例查询", contract=contract,
        probe=lambda _: {"name"}, by=who(),
    )  # fmt: skip
    return entry


def a_table(
    name: str = "people",
    types: dict[str, str] = TYPES,
    of: str = OWNER,
    entry: UUID | None = None,
) -> None:
    """Defined, not collected: what it is filled with comes from a file."""
    source = f"files-{crc32(of.encode())}"
    folder(of).mkdir(parents=True, exist_ok=True)
    if not is_collection(name):
        if not (folder(of) / ".made").exists():
            register_source(slug=source, title="样例文件", department=department(of),
                            kind=SourceKind.FILE, address={}, by=who(of=of))  # fmt: skip
            (folder(of) / ".made").touch()
        (folder(of) / f"{name}.csv").write_text(",".join(types) + "\n")
        define_collection(slug=name, title=f"样例表 {name}", source=source, table=f"{name}.csv",
                          key=["id"], types=types, entry=entry, by=who(of=of))  # fmt: skip


def folder(of: str = OWNER) -> Path:
    return Path(settings.DIEBIAN_DATA) / "incoming" / f"files-{crc32(of.encode())}"


def filled(lines: str, name: str = "people", header: str = HEADER) -> None:
    """The file as it is now goes into the lake."""
    (folder() / f"{name}.csv").write_text(f"{header}\n{lines}")
    collect(name)


def a_rule(kind: str, *, table: str = "people", actor: Actor | None = None, **told: Any) -> Rule:
    return declare_rule(table=table, kind=kind, told=told, by=actor or who())
