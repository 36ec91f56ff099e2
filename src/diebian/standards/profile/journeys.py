"""The shape of `journey.yaml`: what a city says about what can be applied for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .comparisons import COMPARISON
from .faults import Fault
from .shapes import ListOf, MapOf, Place, Record, Shape, Text, Truth, Whole
from .words import CODE, FREE, NAME, PATH, SLUG, TYPE_CODE, USERNAME, Rule, one_of

PARTS, MOST_PARTS = 6, 8
WORDS, ANY_TEXT, SHORT, COLUMN = Text(), Text(FREE), Text(SLUG), Text(NAME)
# One column in a line: name | kind | length | level | privacy | our name for it in the contract,
# and where it differs from its entry the sharing, and the identifier of its 数据元.
LINES = Text(
    Rule(
        lambda text: all(
            PARTS <= line.count("|") + 1 <= MOST_PARTS for line in text.strip().splitlines()
        ),
        "每行应有 6 段，用 | 分开：名称 | 类型 | 长度 | 级别 | 个人信息类别 | 字段名；"
        "后面可以再写共享类型和数据元的标识符",
    )
)
APPLICANT = ("name",)
ANSWERS = ("identity", "form", "statement")
RESERVED = ("statement", "once", "csrfmiddlewaretoken")  # the page's own fields
SCHEDULES = ("manual", "quarter", "hourly", "daily")  # the lake's own
TIERS = ("trial", "standard", "bulk")  # the gateway's; a test of the exchange keeps them alike


def _is_operand(text: str) -> bool:
    """`form.X` or `applicant.X`; whether X exists is looked at with the rest of the item."""
    return re.fullmatch(r"form\.[a-z][a-z0-9_]*|applicant\.[a-z_]+", text) is not None


OPERAND = Text(Rule(_is_operand, "应写成 form.名字 或 applicant.名字"))
EXPECTED = Record({"field": WORDS, "value": ANY_TEXT})
CONTRACT = Record(
    {
        "system": SHORT,
        "path": Text(PATH),
        "format": Text(one_of(("json", "xml", "lines", "form"))),
        "request": MapOf(WORDS, NAME, least=1),
        "fixed": MapOf(ANY_TEXT),
        "success": EXPECTED,
        "fields": MapOf(WORDS, NAME, least=1),
        "probe": MapOf(WORDS, NAME, least=1),
    },
    {
        "headers": MapOf(ANY_TEXT),
        "none": EXPECTED,
        "rows": WORDS,
        "encoding": Text(one_of(("utf-8", "gbk", "gb18030"))),
        "separator": Text(FREE),
        "region": COLUMN,
        "person": COLUMN,  # the parameter that is a 公民身份号码
        "at_once": Whole(1, 1000),
        "nested": WORDS,
        "repeatable": Truth(),
        # From how many answers that found nobody, or persons, in ten minutes on somebody is told.
        "watch": Record(
            {}, {name: Whole(1, 1_000_000) for name in ("nobody", "persons", "suspend")}
        ),
        "quota": Record({"day": Whole(1, 100_000_000)}, {"says": EXPECTED}),
        # The collected table that holds the same rows: our name to its column.
        "reads": Record({"table": SHORT, "columns": MapOf(WORDS, NAME, least=1)}),
    },
)
# A node above the city whose interfaces are passed on; `key` is what it gave us, a sample here.
UPSTREAM = Record(
    {
        "system": SHORT,
        "title": WORDS,
        "level": Text(one_of(("national", "province"))),
        "key": Record({"id": WORDS, "secret": WORDS}),
    },
    {
        "kinds": Record(  # how all of its interfaces in `upper_resources.csv` are asked and answer
            {
                "organisation": Text(CODE),
                "mounted_by": Text(USERNAME),
                "format": Text(one_of(("json", "xml", "lines", "form"))),
                "success": EXPECTED,
            },
            {
                "none": EXPECTED,
                "nested": WORDS,
                "rows": WORDS,
                "used_up": EXPECTED,
                "repeatable": Truth(),
            },
        )
    },
)
RESOURCE = Record(
    {
        "slug": SHORT,
        "organisation": Text(CODE),
        "entry": WORDS,
        "title": WORDS,
        "mounted_by": Text(USERNAME),
        "contract": CONTRACT,
    },
    {"entry_code": Text(CODE), "summary": WORDS, "condition": WORDS, "items": LINES},
)
ASKED: dict[str, Shape] = {
    "consumer": Text(CODE),
    "requested_by": Text(USERNAME),
    "office_head": Text(USERNAME),
    "provider_head": Text(USERNAME),
    "purpose": WORDS,
    "legal_basis": WORDS,
    "scene": WORDS,
    "columns": ListOf(COLUMN, least=1),
    "tier": Text(one_of(TIERS)),
    "months": Whole(1, 60),
}
REQUEST = Record({"resource": SHORT, **ASKED}, {"mode": Text(one_of(("rows", "verify")))})
# A base of `master_data.yaml`: the leave for its sources, and what is offered of it.
BASE_START = Record(
    {
        "slug": SHORT,
        "requested_by": Text(USERNAME),
        "office_head": Text(USERNAME),
        "provider_heads": ListOf(Text(USERNAME), least=1),
        "months": Whole(1, 60),
    },
    {
        "offer": Record(
            {
                "resource": SHORT,
                "organisation": Text(CODE),
                "entry": WORDS,
                "title": WORDS,
                "mounted_by": Text(USERNAME),
                "items": LINES,
            },
            {"summary": WORDS, "condition": WORDS},
        ),
        "requests": ListOf(Record(ASKED)),
    },
)
# How an interface is read page by page (the lake's own words).
INTERFACE = Record(
    {},
    {
        "format": Text(one_of(("json", "xml", "lines"))),
        "method": Text(one_of(("get", "post"))),
        "rows": WORDS,
        "page": WORDS,
        "first": Whole(0, 1),
        "success": EXPECTED,
        "none": EXPECTED,
        "separator": Text(FREE),
        "between": Text(FREE),
        "encoding": WORDS,
    },
)
# What is collected into the lake from a system that stands here for practice.
COLLECTION = Record(
    {
        "slug": SHORT,
        "title": WORDS,
        "source": Record(
            {"slug": SHORT, "title": WORDS, "sandbox": COLUMN},
            {"kind": Text(one_of(("postgresql", "http")))},
        ),
        "table": WORDS,
        "key": ListOf(WORDS, least=1),
        "defined_by": Text(USERNAME),
    },
    {
        "entry": WORDS,
        "types": MapOf(WORDS),
        "schedule": Text(one_of(SCHEDULES)),
        "options": INTERFACE,
    },
)


# An interface that very many ask: for how many days from the first start on, and how fast.
SEASON = Record(
    {
        "resource": SHORT,
        "title": WORDS,
        "opened_by": Text(USERNAME),
        "days": Whole(1, 60),
        "each_second": Whole(1, 100_000),
        "waiting_most": Whole(1, 10_000_000),
        "kept_minutes": Whole(0, 10_080),
    }
)


@dataclass(frozen=True)
class FormField:
    """One thing that only the person knows."""

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        yield from _FIELD.faults(told, at)
        if not isinstance(told, dict):
            return
        if told.get("name") in RESERVED:
            yield (at / "name").fault(f"“{told['name']}”是网页自己用的名字，请换一个")
        if (told.get("kind") == "digits") != ("length" in told):
            yield at.fault("kind 为 digits 时要写 length（几位），其余不写")


_FIELD = Record(
    {"name": COLUMN, "label": WORDS, "kind": Text(one_of(("money", "digits", "text")))},
    {"length": Whole(1, 30), "says": WORDS},
)


@dataclass(frozen=True)
class Check:
    """One of three comparisons. More is a decision table, which is not this file's affair."""

    def faults(self, told: Any, at: Place) -> Iterator[Fault]:
        yield from _CHECK.faults(told, at)
        if not isinstance(told, dict):
            return
        if len({"expect", "equals", "at_least"} & set(told)) != 1:
            yield at.fault("expect、equals、at_least 要写其中一个，且只写一个")
        if ("field" in told) == ("expect" in told):
            yield at.fault("与 equals、at_least 一起写 field；与 expect 一起不写")


_CHECK = Record(
    {"ask": SHORT, "says": WORDS},
    {
        "field": COLUMN,
        "expect": Text(one_of(("some", "none"))),
        "equals": ANY_TEXT,
        "at_least": OPERAND,
    },
)
# What a reviewer may have compared in a live case: only whether it is right comes back.
VERIFICATION = Record(
    {
        "resource": SHORT,
        "claims": ListOf(
            Record(
                {"column": COLUMN, "label": WORDS},
                {
                    "kind": Text(one_of(("text", "date"))),
                    "says": WORDS,
                    "choices": MapOf(WORDS, least=1),
                    "from": OPERAND,
                },
            ),
            least=1,
        ),
    }
)
ITEM = Record(
    {
        "code": Text(CODE),
        "synonyms": ListOf(WORDS, least=1),
        "system": SHORT,
        "purpose": WORDS,
        "asks": ListOf(SHORT),
        "shows": ListOf(
            Record(
                {"ask": SHORT, "field": COLUMN, "label": WORDS},
                {"kind": Text(one_of(("text", "fen", "date", "masked")))},
            )
        ),
        "form": ListOf(FormField()),
        "checks": ListOf(Check()),
        "statement": Record({"label": WORDS, "says": WORDS}),
        "decision": Record({"title": WORDS, "type_code": Text(TYPE_CODE), "body": MapOf(OPERAND)}),
        "materials": ListOf(
            Record({"name": WORDS, "answered_by": SHORT, "says": WORDS}, {"also": ListOf(WORDS, 1)})
        ),
    },
    {"county": Record({"ask": SHORT, "field": COLUMN}), "verifies": ListOf(VERIFICATION)},
)
WALK = Record(
    {
        "person": Text(USERNAME),
        "stranger": Text(USERNAME),
        "reviewer": Text(USERNAME),
        "watcher": Text(USERNAME),
        "search": WORDS,
        "form": MapOf(ANY_TEXT, NAME),
        "falls_over": Text(Rule(lambda text: text.startswith("sandbox-"), "应以 sandbox- 开头")),
    }
)
JOURNEY = Record(
    {"resources": ListOf(RESOURCE), "requests": ListOf(REQUEST), "items": ListOf(ITEM)},
    {
        "walk": WALK,
        "collections": ListOf(COLLECTION),
        "comparisons": ListOf(COMPARISON),
        "bases": ListOf(BASE_START),
        "upstreams": ListOf(UPSTREAM),
        "seasons": ListOf(SEASON),
        "company_register": Record({"resource": SHORT, "system": SHORT, "purpose": WORDS}),
    },
)
