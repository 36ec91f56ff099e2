"""Three tables of two departments in the lake, and a base over them: real actions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    mount_resource,
    publish_entry,
    resource,
    submit_entry,
)
from diebian.base.exchange.public import agree, approve_request, provision, share
from diebian.base.lake.public import SourceKind, collect, define_collection, register_source
from diebian.base.masterdata.actions import declare, start
from diebian.base.masterdata.asking_leave import ask_leave
from diebian.base.masterdata.models import Base, BaseVersion, Build, UncertainPair
from diebian.base.masterdata.running import execute
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
)
from diebian.standards.credit_code import check_character
from diebian.standards.metadata import Privacy
from diebian.standards.sharing import SharingType

BUREAU, WORK, HEALTH, OTHER = "样例数据局", "样例就业局", "样例保障局", "样例局外局"
JOBS, INSURED, HOUSES = "sample-jobs", "sample-insured", "sample-houses"
# Of area 2199, which does not exist; each with its check character.
ANNA, BORIS, CARLA, DORA, EMIL = (
    "219902199106140029", "21990219870909002X", "219902195611020046", "219902198803120029",
    "219902197001010018",
)  # fmt: skip
OF = {JOBS: WORK, INSURED: HEALTH, HOUSES: WORK}  # whose table it is
ROWS: dict[str, list[tuple[str, ...]]] = {
    JOBS: [
        ("id", "sfz", "xm", "tel", "gx"),
        ("1", ANNA, "周晚晴", "138-0000 0001", "2026-03-01"),
        ("2", "219902870909002", "陆　云起", "13800000002", "2026-03-02"),  # of 15 places
        ("3", CARLA, "李娜", "", "2026-03-03"),
        ("4", "219902195611020047", "王五", "13800000009", "2026-03-04"),  # check place wrong
    ],
    INSURED: [
        ("card", "fullname", "born", "since"),
        (ANNA, "周晚晴", "1991-06-14", "20260301"),
        (BORIS.lower(), "陆云起", "1987-09-09", "20260302"),
        (CARLA, "李 那", "1956-11-02", "20260303"),
        (DORA, "买买提·艾力", "1988-03-12", "20260304"),
    ],
    HOUSES: [
        ("no", "owner", "born", "tel", "gx"),
        ("H1", "周晚晴", "1991-06-14", "13800000001", "2026-05-01"),
        ("H2", "买买提艾力", "1988-03-13", "", "2026-05-02"),  # a day off: a person is asked
        ("H3", "孙丽", "2000-01-01", "13900000003", "2026-05-03"),
    ],
}
PLAN: dict[str, Any] = {
    "slug": "people",
    "title": "样例人口库",
    "subject": "person",
    "purpose": "样例",
    "legal_basis": "样例条例第一条",
    "seen_by": ["data_manager"],
    "columns": [
        {"name": "id_number", "title": "号码", "kind": "id_number", "rule": "longest"},
        {"name": "name", "title": "姓名", "kind": "name", "rule": "trust",
         "order": [INSURED, JOBS, HOUSES]},
        {"name": "born", "title": "出生日期", "kind": "date", "rule": "most_frequent",
         "event": "出生"},
        {"name": "phone", "title": "电话", "kind": "phone", "rule": "newest"},
    ],
    "sources": [
        {"table": JOBS, "dated_by": "gx",
         "columns": {"id_number": "sfz", "name": "xm", "phone": "tel"}},
        {"table": INSURED, "columns": {"id_number": "card", "name": "fullname", "born": "born"}},
        {"table": HOUSES, "dated_by": "gx",
         "columns": {"name": "owner", "born": "born", "phone": "tel"}},
    ],
    "matching": {
        "identifier": "id_number",
        "blocks": [["name"], ["born", "name:1"], ["phone"]],
        "fields": [
            {"column": "name", "m": 0.9, "u": 0.01, "near": {"m": 0.06, "u": 0.01}},
            {"column": "born", "m": 0.9, "u": 0.0001, "near": {"m": 0.08, "u": 0.01}},
            {"column": "phone", "m": 0.7, "u": 0.0001, "near": {"m": 0.1, "u": 0.001}},
        ],
        "upper": 15,
        "lower": 5,
    },
}  # fmt: skip


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(*posts: Post, of: str = BUREAU) -> Actor:
    held = posts or (Post.AUTHORITY, Post.DATA_MANAGER)
    return Actor(name=f"样例{held[0].value}", department=department(of), key=held[0], posts=held)


def put(slug: str, rows: Iterable[Iterable[str]]) -> None:
    folder = Path(settings.DIEBIAN_DATA) / "incoming" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "t.csv").write_text("\n".join(",".join(row) for row in rows) + "\n")


def an_entry(slug: str = JOBS, of: str = WORK) -> Any:
    """Of a register; an interface answers from the same rows, so that its office can be asked."""
    manager = who(Post.DATA_MANAGER, of=of)
    fields = {name: name.upper() for name in ROWS[slug][0]}
    items = [ItemFacts("姓名" if name == "xm" else name, column=name) for name in fields]
    made = _published(f"样例登记 {slug}", of, items)
    mount_resource(
        entry_id=made,
        slug=f"{slug}-ask",
        title="样例查询",
        contract={"system": "x", "fields": fields},
        probe=lambda told: set(told["fields"]),
        by=manager,
    )
    return made


def an_entry_of_the_base(columns: Iterable[str]) -> Any:
    """Of the department that keeps it: behind it the base can be mounted, with these columns."""
    return _published("样例人口库信息", BUREAU, [
        ItemFacts(f"样例 {one}", level=3, privacy=Privacy.PERSONAL, column=one) for one in columns
    ])  # fmt: skip


def _published(title: str, of: str, items: list[ItemFacts]) -> Any:
    manager = who(Post.DATA_MANAGER, of=of)
    facts = EntryFacts(
        title=title, sharing=SharingType.CONDITIONAL, review_due=date(2099, 1, 1), items=items
    )
    made = draft_entry(facts=facts, by=manager).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=manager)
    approve_entry(entry_id=made, by=who(Post.DATA_HEAD, of=of))
    publish_entry(entry_id=made, by=who(Post.AUTHORITY))
    return made


def asked(slug: str = "people") -> list[int]:
    """The departments are asked for their leave, each table by a request of its own."""
    return ask_leave(slug=slug, valid_to=date(2099, 1, 1), by=who(Post.APPLICANT))


def granted(request: int) -> int:
    """By the own head, the head of the department whose table it is, and the platform."""
    provider = resource(share(request).resource).provider
    head = who(Post.DATA_HEAD)
    approve_request(request_id=request, by=head)
    agree(request_id=request, by=replace(head, department=provider))
    return provision(request_id=request, by=PLATFORM).pk


def tables(*, collected: bool = True, listed: Iterable[str] = ()) -> None:
    """`listed`: those of which the catalogue tells."""
    rows = ROWS
    for slug, of in OF.items():
        manager = who(Post.DATA_MANAGER, of=of)
        kind = SourceKind.FILE if collected else SourceKind.PUSH
        register_source(slug=slug, title=f"样例系统 {slug}", department=department(of), kind=kind,
                        address={}, by=manager)  # fmt: skip
        head = rows[slug][0]
        more: dict[str, Any] = {"types": dict.fromkeys(head, "VARCHAR")}
        more |= {"entry": an_entry(slug, of)} if slug in listed else {}
        if collected:
            put(slug, rows[slug])
        define_collection(slug=slug, title=f"样例表 {slug}", source=slug, by=manager,
                          table="t.csv" if collected else "", key=[head[0]], **more)  # fmt: skip
    if collected:
        collect(JOBS, INSURED, HOUSES)  # in one session


def collected_again(slug: str, rows: list[tuple[str, ...]]) -> None:
    put(slug, rows)
    collect(slug)


def declared(**changed: Any) -> BaseVersion:
    return declare(told={**PLAN, **changed}, by=who())


def ready(**changed: Any) -> Base:
    """Collected, declared, and every department has given leave."""
    tables(listed=OF)
    base = declared(**changed).base
    for request in asked():
        granted(request)
    return base


def built(**told: Any) -> Build:
    return execute(start(slug="people", by=who()).pk, **told)


def pair() -> UncertainPair:
    return UncertainPair.objects.get()
