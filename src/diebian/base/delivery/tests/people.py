"""A provider's lake table, a published entry of it, a consumer; all by the real actions."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID
from zlib import crc32

import psycopg
from django.conf import settings
from django.db import connection

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    publish_entry,
    submit_entry,
)
from diebian.base.delivery.arranging import arrange, keep_target
from diebian.base.delivery.models import Delivery, DeliveryRun, Schedule
from diebian.base.delivery.mounting import mount_file, mount_table
from diebian.base.delivery.sending import send
from diebian.base.exchange.public import (
    Mode,
    agree,
    approve_request,
    provision,
    request_share,
)
from diebian.base.lake.public import SourceKind, collect, define_collection, register_source
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType
from tests.killed import database_url

OWNER, CONSUMER, OTHER, BUREAU = "样例登记中心", "样例资金中心", "样例局外局", "样例数据局"
FOREVER = date(2099, 1, 1)
ITEMS = (
    ItemFacts("编号", column="number"),
    ItemFacts("姓名", level=2, privacy=Privacy.PERSONAL, column="owner"),
    ItemFacts("金额", column=""),
)
HARMLESS = (
    ItemFacts("编号", column="number"),
    ItemFacts("名称", column="owner"),
    ItemFacts("金额"),
)
PLACES = ("219901", "219902")
TABLE, FILE = "sample-people", "sample-file"
FIELDS = {"number": "id", "owner": "name", "amount": "amount"}
NAMES = {"number": "编号", "owner": "姓名", "amount": "金额"}


def department(name: str = OWNER) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = OWNER) -> Actor:
    key = f"{post.value}-{of}"
    return Actor(name=f"样例{post.value}", department=department(of), key=key, posts=(post,))


def rows_of(lines: Iterable[tuple[object, ...]]) -> None:
    """What the provider's file says now; the next collecting takes it, and removes what is gone."""
    file = Path(settings.DIEBIAN_DATA) / "incoming" / "core" / "people.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    told = [",".join(map(str, line)) for line in lines]
    file.write_text("\n".join(["id,name,amount,place", *told]) + "\n")


def a_collection(count: int = 100) -> None:
    rows_of((number, f"样例{number}", number / 4, PLACES[number % 2]) for number in range(count))
    register_source(
        slug="core",
        title="样例文件",
        department=department(),
        kind=SourceKind.FILE,
        address={},
        by=who(),
    )
    define_collection(
        slug="people",
        title="样例人员原表",
        source="core",
        table="people.csv",
        key=["id"],
        types={"id": "BIGINT", "amount": "DECIMAL(12,2)"},
        by=who(),
    )


def collected(count: int = 100) -> None:
    a_collection(count)
    collect("people")


def an_entry(title: str = "样例人员", **changed: Any) -> UUID:
    told: dict[str, Any] = {
        "title": title,
        "sharing": SharingType.CONDITIONAL,
        "open_type": OpenType.CLOSED,
        "update_cycle": UpdateCycle.DAY,
        "review_due": FOREVER,
        "items": ITEMS,
    }
    made = draft_entry(facts=EntryFacts(**{**told, **changed}), by=who()).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=who())
    approve_entry(entry_id=made, by=who(Post.DATA_HEAD))
    publish_entry(entry_id=made, by=who(Post.AUTHORITY, BUREAU))
    return made


def a_table(entry: UUID, **changed: Any) -> str:
    told: dict[str, Any] = {
        "entry_id": entry,
        "slug": TABLE,
        "title": "样例人员表",
        "collection": "people",
        "fields": FIELDS,
        "items": NAMES,
        "by": who(),
    }
    mount_table(**{**told, **changed})
    return TABLE


def a_file(entry: UUID, content: bytes = b"a,b\n1,2\n", name: str = "样例.csv") -> str:
    mount_file(entry_id=entry, slug=FILE, title="样例文件", name=name, parts=[content], by=who())
    return FILE


@contextmanager
def consumer_database() -> Iterator[psycopg.Connection[Any]]:
    """The consumer's own database beside ours, registered as its target `house`."""
    told = connection.get_connection_params()
    words = {word: told[word] for word in ("user", "password", "host", "port") if told.get(word)}
    own = f"{connection.settings_dict['NAME']}_house"
    root = psycopg.connect(**words, dbname="postgres", autocommit=True)
    root.execute(f'drop database if exists "{own}" with (force)'.encode())
    root.execute(f'create database "{own}"'.encode())
    # Nothing but a sandbox system's may stand on the platform's own server.
    beside = patch.dict(os.environ, SANDBOX_DATABASE_URL=database_url())
    try:
        with beside, psycopg.connect(**words, dbname=own, autocommit=True) as made:
            keep_target(
                slug="house",
                title="样例收数库",
                address={"sandbox": "house"},
                by=who(Post.DATA_MANAGER, CONSUMER),
            )
            yield made
    finally:
        root.execute(f'drop database if exists "{own}" with (force)'.encode())
        root.close()


def a_grant(resource: str = TABLE, **changed: Any) -> int:
    told: dict[str, Any] = {
        "resource": resource,
        "purpose": "样例核对",
        "legal_basis": "样例条例第一条",
        "scene": "样例审核",
        "columns": ["number", "owner"],
        "tier": "standard",
        "mode": Mode.TABLE,
        "valid_to": FOREVER,
        "by": who(Post.APPLICANT, CONSUMER),
    }
    made = request_share(**{**told, **changed}).pk
    approve_request(request_id=made, by=who(Post.DATA_HEAD, CONSUMER))
    agree(request_id=made, by=who(Post.DATA_HEAD))
    return provision(request_id=made, by=PLATFORM).pk


def a_delivery(**changed: Any) -> Delivery:
    return arrange(
        grant_id=a_grant(**changed),
        target="house",
        table="people",
        schedule=Schedule.FOLLOW,
        by=who(Post.APPLICANT, CONSUMER),
    )


def sent(delivery: Delivery) -> DeliveryRun | None:
    return send(delivery_id=delivery.pk, by=PLATFORM)
