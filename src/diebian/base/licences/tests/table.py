"""A department's table of licences in the lake, declared and registered by the real actions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings

from diebian.base.lake.public import SourceKind, collect, define_collection, register_source
from diebian.base.licences.declaring import declare
from diebian.base.licences.models import Held, LicenceTable, LicenceType, Registration
from diebian.base.licences.registering import register
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    department_keys,
    register_department,
)
from diebian.standards.credit_code import check_character

SLUG = "sample-licences"
ANNA, BORIS, DORA = "219902199106140029", "21990219870909002X", "219902198803120029"
FIRM = "91219902Y00010062Q"
HEAD = ("id", "lx", "bh", "hm", "xm", "qf", "zhi", "zt", "dz")
ROWS: tuple[tuple[str, ...], ...] = (
    ("1", "01", "Z001", ANNA, "周晚晴", "20200102", "20400101", "1", "样例路1号"),
    ("2", "02", "H002", "219902870909002", "陆云起", "2021年3月4日", "长期", "1", ""),
    ("3", "09", "F003", FIRM.lower(), "样例公司", "2022-05-06", "长期", "2", "样例路3号"),
)
PLAN: dict[str, Any] = {
    "slug": SLUG,
    "title": "样例证照表",
    "table": SLUG,
    "type": {"from": "lx", "codes": {"01": "T1", "02": "T2", "09": "T9"}},
    "number": "bh",
    "holder_number": "hm",
    "holder_name": "xm",
    "issued": "qf",
    "until": {"from": "zhi", "endless": ["长期"]},
    "status": {"from": "zt", "codes": {"1": "in_force", "2": "suspended", "3": "revoked"}},
    "fields": {"住址": "dz"},
}
ISSUER = "样例发证局"


def department(name: str = ISSUER) -> str:
    """The code is well-formed and nobody's."""
    body = "11000000" + f"{crc32(name.encode()) % 10**9:09d}"
    code = body + check_character(body)
    if code not in department_keys():
        register_department(credit_code=code, name=name, by=PLATFORM)
    return code


def who(*posts: Post, of: str = ISSUER) -> Actor:
    held = posts or (Post.DATA_MANAGER,)
    return Actor(name=f"样例{held[0].value}", department=department(of), key=held[0], posts=held)


def types(*, issuer: str = ISSUER) -> None:
    code = department(issuer)
    own = department_keys()[code]
    for name_code, name, kind in (("T1", "样例身份证", "person"), ("T2", "样例驾驶证", "person"),
                             ("T9", "样例执照", "legal")):  # fmt: skip
        LicenceType.objects.create(code=name_code, name=name, issuer_id=own, holder_kind=kind)


def collected(rows: Iterable[Iterable[str]]) -> None:
    """The table anew, as the department has it now."""
    folder = Path(settings.DIEBIAN_DATA) / "incoming" / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "t.csv").write_text("\n".join(",".join(row) for row in [HEAD, *rows]) + "\n")
    collect(SLUG)


def ready(rows: Iterable[Iterable[str]] = ROWS, **plan: Any) -> LicenceTable:
    """Collected and declared, not registered."""
    types()
    register_source(slug=SLUG, title="样例文件", department=department(), kind=SourceKind.FILE,
                    address={}, by=who(), is_sample=True)  # fmt: skip
    folder = Path(settings.DIEBIAN_DATA) / "incoming" / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "t.csv").write_text("\n".join(",".join(row) for row in [HEAD, *rows]) + "\n")
    define_collection(slug=SLUG, title="样例证照", source=SLUG, table="t.csv", key=["id"],
                      types=dict.fromkeys(HEAD, "VARCHAR"), by=who())  # fmt: skip
    collect(SLUG)
    return declare(told={**PLAN, **plan}, by=who()).table


def registered(table: LicenceTable) -> Registration:
    made = register(table.pk)
    assert made is not None
    return made


def now(row: str) -> Held:
    return Held.objects.get(row_key=row, is_current=True)
