"""A register of companies and a list of employers in the lake, and a base of organisations."""

from typing import Any

from diebian.base.lake.public import SourceKind, collect, define_collection, register_source
from diebian.base.masterdata.actions import declare
from diebian.base.masterdata.models import Base
from diebian.security.identity.public import Post
from diebian.standards.credit_code import check_character

from .sample import BUREAU, department, put, who

COMPANIES, EMPLOYERS, SLUG = "sample-companies", "sample-employers", "organisations"


def code(number: int) -> str:
    """Of area 2199, which does not exist."""
    body = f"91219902Y{number:08}"
    return body + check_character(body)


MILL, SHOP, SOFT, BUS_A, BUS_B = (code(number) for number in range(1, 6))
ROWS: dict[str, list[tuple[str, ...]]] = {
    COMPANIES: [
        ("no", "code", "old", "name", "head", "status", "place", "area", "since", "gone"),
        ("1", MILL.lower(), "219902000000017", "样例粮油（北方）有限责任公司", "郑铭", "1",
         "样例路1号", "100001", "2008年05月12日", ""),
        ("2", SHOP, "219902000000025", "样例商店有限公司", "胡岚", "2", "样例路2号", "100001",
         "2013年04月20日", "2025年11月28日"),
        ("3", f"{SOFT[:4]} {SOFT[4:]}", "219902000000034", "样例软件科技有限公司", "温遥", "1",
         "样例区样例大厦502室", "100001", "2019年08月08日", ""),
        ("4", BUS_A, "", "样例运输有限公司", "徐行", "1", "样例园4号", "100001",
         "2016年05月05日", ""),
        ("5", BUS_B, "", "样例运输股份有限公司", "路遥", "1", "样例园5号", "100004",
         "2018年07月17日", ""),
    ],
    EMPLOYERS: [
        ("id", "unit", "number", "boss", "address", "area"),
        ("A", "样例粮油(北方)有限公司", "219902000000017", "", "", "100001"),  # the old number
        ("B", "样例商店有限公司", f"{SHOP[:17]}０", "胡岚", "样例路2号", "100001"),  # mistyped
        ("C", "样例软件科技公司", "", "温 遥", "样例大厦502室", "100001"),  # no code at all
        ("D", "样例运输公司", "", "", "", "100001"),  # two companies go by this name
        ("E", "样例社区中心", "", "岑舟", "样例街9号", "100081"),  # stands in no register
    ],
}  # fmt: skip
PLAN: dict[str, Any] = {
    "slug": SLUG,
    "title": "样例法人库",
    "subject": "organisation",
    "purpose": "样例",
    "legal_basis": "样例条例第一条",
    "seen_by": ["data_manager"],
    "columns": [
        {"name": "code", "title": "信用代码", "kind": "credit_code", "rule": "longest"},
        {"name": "old", "title": "注册号", "kind": "registration", "rule": "longest"},
        {"name": "name", "title": "名称", "kind": "organisation", "rule": "trust",
         "order": [COMPANIES, EMPLOYERS]},
        {"name": "head", "title": "法定代表人", "kind": "name", "rule": "trust", "personal": True,
         "order": [COMPANIES, EMPLOYERS]},
        {"name": "status", "title": "状态", "kind": "text", "rule": "longest"},
        {"name": "place", "title": "住所", "kind": "address", "rule": "longest"},
        {"name": "area", "title": "区划", "kind": "division", "rule": "longest"},
        {"name": "since", "title": "成立日期", "kind": "date", "rule": "longest", "event": "设立"},
        {"name": "gone", "title": "注销日期", "kind": "date", "rule": "longest", "event": "注销"},
    ],
    "sources": [
        {"table": COMPANIES, "columns": {
            "code": "code", "old": "old", "name": "name", "head": "head", "place": "place",
            "status": {"from": "status", "codes": {"1": "存续", "2": "注销"}}, "area": "area",
            "since": "since", "gone": "gone"}},
        {"table": EMPLOYERS, "columns": {
            "code": "number", "old": "number", "name": "unit", "head": "boss", "place": "address",
            "area": "area"}},
    ],
    "matching": {
        "identifier": "code",
        "blocks": [["name"], ["old"], ["head", "area"], ["place"]],
        "fields": [
            {"column": "name", "m": 0.8, "u": 0.003, "near": {"m": 0.15, "u": 0.006}},
            {"column": "old", "m": 0.95, "u": 0.0001},
            {"column": "head", "m": 0.85, "u": 0.002},
            {"column": "place", "m": 0.4, "u": 0.002, "near": {"m": 0.35, "u": 0.006}},
            {"column": "area", "m": 0.9, "u": 0.2},
        ],
        "upper": 15,
        "lower": 6,
    },
}  # fmt: skip


def ready() -> Base:
    """The bureau's own tables: whose leave a source needs is another test's matter."""
    manager = who(Post.DATA_MANAGER)
    for slug, rows in ROWS.items():
        register_source(slug=slug, title=f"样例系统 {slug}", department=department(BUREAU),
                        kind=SourceKind.FILE, address={}, by=manager)  # fmt: skip
        put(slug, rows)
        define_collection(slug=slug, title=f"样例表 {slug}", source=slug, table="t.csv",
                          key=[rows[0][0]], types=dict.fromkeys(rows[0], "VARCHAR"),
                          by=manager)  # fmt: skip
    collect(COMPANIES, EMPLOYERS)
    return declare(told=PLAN, by=who()).base
