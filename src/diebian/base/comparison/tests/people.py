"""Two departments, a table of each in the lake, and a comparison with its leave: real actions."""

from collections.abc import Iterable, Mapping
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
    submit_entry,
)
from diebian.base.comparison.actions import declare, start
from diebian.base.comparison.models import Comparison, Run
from diebian.base.comparison.running import execute
from diebian.base.exchange.public import agree, approve_request, provision
from diebian.base.lake.public import SourceKind, collect, define_collection, register_source
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
)
from diebian.standards.credit_code import check_character
from diebian.standards.sharing import SharingType

ASKER, PROVIDER, OTHER, BUREAU = "样例就业局", "样例保障局", "样例局外局", "样例数据局"
LEFT, RIGHT, SLUG, RESOURCE = "sample-jobless", "sample-insured", "jobless", "sample-insured-ask"
FOREVER = date(2099, 1, 1)
# Of area 2199, which does not exist; each with its check character.
ANNA, BORIS, CARLA, DORA, EMIL = (
    "219902199106140029", "21990219870909002X", "219902195611020046", "219902198803120029",
    "219902197001010018",
)  # fmt: skip
LEFT_ROWS = [
    ("sfz", "xm", "rq", "lb"),
    (ANNA, "周晚晴", "20260301", "1"),
    ("219902870909002", "陆　云起", "20260302", "1"),  # of 15 places
    (" 219902195611020046", "李娜", "20260303", "2"),
    ("２１９９０２１９８８０３１２００２９", "买买提·艾力", "20260304", "1"),
    (EMIL, "赵强", "", "1"),
    ("12345", "没有号码", "20260306", "1"),
]
RIGHT_ROWS = [
    ("card", "fullname", "since", "kind"),
    ("219902199106140029", "周晚晴", "2026-03-05", "310"),
    ("21990219870909002x", "陆云起", "2026-03-02", "310"),
    ("219902195611020046", "李 娜", "2026-05-03", "310"),
    ("219902198803120029", "买买提•艾力", "2026-03-04", "310"),
    ("219902200001010012", "孙丽", "2026-01-01", "390"),
    ("219902200001010012", "孙丽", "2026-01-02", "390"),
]
PLAN: dict[str, Any] = {
    "left": {"id_number": "sfz"},
    "right": {"id_number": "card"},
    "rules": [
        {"name": "姓名", "left": "xm", "right": "fullname", "kind": "name"},
        {"name": "日期", "left": "rq", "right": "since", "kind": "date", "days": 7},
        {
            "name": "类别",
            "left": "lb",
            "right": "kind",
            "kind": "code",
            "codes": {"1": "310", "2": "390"},
        },
    ],
    "wanted": ["differs", "left_only"],
}
ALL = {**PLAN, "wanted": ["same", "differs", "left_only", "right_only"]}
SUN = "219902200001010012"  # on the right alone, in two rows


def department(name: str) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(post: Post = Post.DATA_MANAGER, of: str = "样例就业局") -> Actor:
    return Actor(name=f"样例{post.value}", department=department(of), key=post, posts=(post,))


def put(slug: str, rows: Iterable[Iterable[str]]) -> None:
    told = "\n".join(",".join(row) for row in rows)
    folder = Path(settings.DIEBIAN_DATA) / "incoming" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "t.csv").write_text(told + "\n")


def a_table(slug: str, of: str, rows: Iterable[Iterable[str]], entry: Any = None) -> None:
    manager = who(of=of)
    register_source(slug=slug, title=f"样例系统 {slug}", department=department(of),
                    kind=SourceKind.FILE, address={}, by=manager)  # fmt: skip
    put(slug, rows)
    define_collection(slug=slug, title=f"样例表 {slug}", source=slug, table="t.csv", entry=entry,
                      by=manager)  # fmt: skip
    collect(slug)


def pushed_tables() -> None:
    """As `two_tables`, but never collected: for what needs no lake."""
    entry = an_entry()
    for slug, of, rows, told in (
        (LEFT, ASKER, LEFT_ROWS, None),
        (RIGHT, PROVIDER, RIGHT_ROWS, entry),
    ):
        manager = who(of=of)
        register_source(slug=slug, title=f"样例系统 {slug}", department=department(of),
                        kind=SourceKind.PUSH, address={}, by=manager)  # fmt: skip
        types = dict.fromkeys(rows[0], "VARCHAR")
        define_collection(slug=slug, title=f"样例表 {slug}", source=slug, table="",
                          key=[rows[0][0]], types=types, entry=told, by=manager)  # fmt: skip


def an_entry() -> Any:
    manager = who(of=PROVIDER)
    facts = EntryFacts(
        title="样例参保",
        sharing=SharingType.CONDITIONAL,
        review_due=FOREVER,
        items=[ItemFacts("证件号码", column="card")],
    )
    made = draft_entry(facts=facts, by=manager).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=manager)
    approve_entry(entry_id=made, by=who(Post.DATA_HEAD, PROVIDER))
    publish_entry(entry_id=made, by=who(Post.AUTHORITY, BUREAU))
    mount_resource(
        entry_id=made,
        slug=RESOURCE,
        title="样例参保查询",
        contract={"system": "x", "fields": {one: one.upper() for one in RIGHT_ROWS[0]}},
        probe=lambda told: set(told["fields"]),
        by=manager,
    )
    return made


def two_tables() -> None:
    a_table(LEFT, ASKER, LEFT_ROWS)
    a_table(RIGHT, PROVIDER, RIGHT_ROWS, an_entry())


def asker(*posts: Post) -> Actor:
    held = posts or (Post.APPLICANT, Post.DATA_MANAGER)
    return Actor(name="样例申请人", department=department(ASKER), key="asker", posts=held)


def declared(**changed: Any) -> Comparison:
    told: dict[str, Any] = {
        "slug": SLUG,
        "title": "样例失业比对",
        "left": LEFT,
        "right": RIGHT,
        "plan": PLAN,
        "purpose": "样例核对失业人员参保",
        "legal_basis": "样例条例第一条",
        "valid_to": FOREVER,
        "seen_by": [Post.DATA_MANAGER],
        "by": asker(),
    }
    return declare(**{**told, **changed})


def agreed(one: Comparison) -> int:
    """Gives the grant."""
    request = one.right_request_id
    assert request is not None
    approve_request(request_id=request, by=who(Post.DATA_HEAD, ASKER))
    agree(request_id=request, by=who(Post.DATA_HEAD, PROVIDER))
    return provision(request_id=request, by=PLATFORM).pk


def ready(plan: Mapping[str, Any] = PLAN) -> Comparison:
    two_tables()
    made = declared(plan=plan)
    agreed(made)
    return made


def run(**told: Any) -> Run:
    return execute(start(slug=SLUG, by=asker()).pk, **told)


def told_of(run: Run) -> set[tuple[str, str, int]]:
    return set(run.results.values_list("id_number", "outcome", "differing"))
