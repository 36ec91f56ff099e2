"""Offices, entries, tables for tests, made by the real actions; rows are in the test's lake."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zlib import crc32

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    publish_entry,
    submit_entry,
)
from diebian.base.lake.public import SourceKind, define_collection, register_source
from diebian.base.opening.actions import agree, propose, publish
from diebian.base.opening.columns import How, OpenColumn
from diebian.base.opening.facts import DatasetFacts
from diebian.base.opening.models import Dataset, Release
from diebian.base.opening.releasing import release
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    actor_by_username,
    department_keys,
    is_account,
    register_department,
    register_person,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import ItemType, Privacy, UpdateCycle
from diebian.standards.sharing import OpenType, SharingType

PROVIDER, OTHER, BUREAU = "样例登记中心", "样例局外局", "样例数据局"
PEOPLE, AIR = "people", "air"
WORD = "样例-2026-长"
ITEMS: Mapping[str, Sequence[ItemFacts]] = {
    PEOPLE: [
        ItemFacts("编号", level=3, column="id"),
        ItemFacts("姓名", level=2, privacy=Privacy.PERSONAL, column="name"),
        ItemFacts("区划", column="area"),
        ItemFacts("日期", ItemType.DATE, column="day"),
        ItemFacts("结果", column="result"),
    ],
    AIR: [
        ItemFacts("日期", ItemType.DATE, column="day"),
        ItemFacts("站点", column="place"),
        ItemFacts("指数", ItemType.NUMBER, column="aqi"),
    ],
}
TYPES: Mapping[str, Mapping[str, str]] = {
    PEOPLE: {"id": "BIGINT", "name": "VARCHAR", "area": "VARCHAR", "day": "DATE",
             "result": "VARCHAR"},
    AIR: {"day": "DATE", "place": "VARCHAR", "aqi": "INTEGER"},
}  # fmt: skip
AREA = OpenColumn("area", "区划", is_quasi=True)
DAY = OpenColumn("day", "日期", is_quasi=True)
YEAR = OpenColumn("day", "年份", how=How.YEAR, is_quasi=True)
RESULT = OpenColumn("result", "结果")


def department(name: str = PROVIDER) -> str:
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = PROVIDER) -> Actor:
    return Actor(name=f"样例{post.value}", department=department(of), key=post, posts=(post,))


def a_person(name: str = "sample-one") -> Actor:
    numbers = {"sample-one": "219902198803120029", "sample-two": "11010519491231002X"}
    if not is_account(name):
        register_person(username=name, password=WORD, name="样例", phone="13800000000",
                        id_number=numbers[name], is_sample=True, by=PLATFORM)  # fmt: skip
    return actor_by_username(name)


def an_entry(name: str, open_type: OpenType = OpenType.UNCONDITIONAL, **changed: Any) -> UUID:
    facts = EntryFacts(
        **{
            "title": f"样例目录 {name}",
            "sharing": SharingType.UNCONDITIONAL,
            "review_due": date(2099, 1, 1),
            "open_type": open_type,
            "items": ITEMS[name],
            **changed,
        }
    )
    made = draft_entry(facts=facts, by=who()).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=who())
    approve_entry(entry_id=made, by=who(Post.DATA_HEAD))
    publish_entry(entry_id=made, by=who(Post.AUTHORITY, BUREAU))
    return made


def a_table(name: str = PEOPLE, **changed: Any) -> UUID:
    """An entry, and the collection that fills a table of the lake."""
    entry = an_entry(name, **changed)
    register_source(slug=f"{name}-core", title="样例系统", department=department(),
                    kind=SourceKind.PUSH, address={}, is_sample=True, by=who())  # fmt: skip
    define_collection(slug=name, title=f"样例 {name}", source=f"{name}-core", table="",
                      key=[next(iter(TYPES[name]))], types=TYPES[name], entry=entry,
                      by=who())  # fmt: skip
    return entry


def facts(*columns: OpenColumn, **changed: Any) -> DatasetFacts:
    told: dict[str, Any] = {
        "title": "样例数据",
        "summary": "一行是一次样例",
        "licence": "cc-by-4.0",
        "columns": list(columns),
        "update_cycle": UpdateCycle.MONTH,
        "about_people": True,
    }
    return DatasetFacts(**{**told, **changed})


def air(**changed: Any) -> DatasetFacts:
    columns = (OpenColumn("day", "日期"), OpenColumn("place", "站点"), OpenColumn("aqi", "指数"))
    return facts(*columns, **{"title": "空气", "about_people": False, **changed})


def proposed(told: DatasetFacts, table: str = PEOPLE) -> Dataset:
    return propose(collection=table, facts=told, by=who())


def opened(told: DatasetFacts, table: str = PEOPLE) -> Dataset:
    """Proposed, agreed, published, and its files written."""
    made = published(told, table)
    assert isinstance(release(made.public_id), Release)
    return made


def published(told: DatasetFacts, table: str = PEOPLE) -> Dataset:
    made = proposed(told, table)
    agree(dataset_id=made.public_id, by=who(Post.DATA_HEAD))
    return publish(dataset_id=made.public_id, by=who(Post.AUTHORITY, BUREAU))
