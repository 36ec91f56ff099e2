"""`master_data.yaml`: which bases (基础库) there are, what feeds them, how records are matched.

The page on which a base is declared reads the same document: one shape, the same sentences.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .documents import Document, Steps, read_yaml_text
from .faults import Fault
from .shapes import Either, ListOf, MapOf, Number, Place, Record, Text, Truth, Whole
from .words import FREE, NAME, SLUG, USERNAME, one_of, pattern

FILE = "master_data.yaml"
# The base's own words; `base/masterdata/tests` keeps them alike.
KINDS = (
    "id_number", "credit_code", "registration", "name", "organisation", "address", "date", "phone",
    "division", "text",
)  # fmt: skip
RULES = ("trust", "newest", "most_frequent", "longest")
SUBJECTS = ("person", "organisation")
SEERS = ("data_manager", "data_head", "data_authority")
# Kinds that say by themselves who it is, and of whom a base may be that is known by them.
IDENTIFIERS = {"id_number": "person", "credit_code": "organisation"}
WORDS, ANY_TEXT, SHORT = Text(), Text(FREE), Text(SLUG)
BLOCK = Text(pattern(r"[a-z][a-z0-9_]*(:-?[1-9]\d?)?", "应为列名，可加 :前几位 或 :-后几位"))
LEVEL = Record({"m": Number(), "u": Number()})
COLUMN = Record(
    {"name": Text(NAME), "title": WORDS, "kind": Text(one_of(KINDS)), "rule": Text(one_of(RULES))},
    {"order": ListOf(SHORT, least=1), "event": WORDS, "personal": Truth()},
)
FED = Either((WORDS, Record({"from": WORDS}, {"codes": MapOf(ANY_TEXT, FREE, least=1)})))
SOURCE = Record({"table": SHORT, "columns": MapOf(FED, NAME, least=1)}, {"dated_by": WORDS})
FIELD = Record({"column": Text(NAME), "m": Number(), "u": Number()}, {"near": LEVEL})
BASE = Record(
    {
        "slug": SHORT,
        "title": WORDS,
        "subject": Text(one_of(SUBJECTS)),
        "purpose": WORDS,
        "legal_basis": WORDS,
        "seen_by": ListOf(Text(one_of(SEERS)), least=1),
        "columns": ListOf(COLUMN, least=1),
        "sources": ListOf(SOURCE, least=1),
        "matching": Record(
            {"identifier": Text(NAME)},
            {
                "blocks": ListOf(ListOf(BLOCK, least=1), least=1),
                "fields": ListOf(FIELD, least=1),
                "upper": Number(-100),
                "lower": Number(-100),
            },
        ),
    },
    {
        "declared_by": Text(USERNAME),
        # How long what was replaced stays, and why so long.
        "kept": Record({"months": Whole(1, 600), "why": WORDS}),
    },
)
MASTER_DATA = Record({"bases": ListOf(BASE, least=1)})
SCORING = {"blocks", "fields", "upper", "lower"}


def read_declaration(text: str, name: str) -> tuple[Mapping[str, Any] | None, list[Fault]]:
    """One base as a person typed it; nothing, with what is wrong, where it cannot be used."""
    faults: list[Fault] = []
    document = read_yaml_text(name, text, faults)
    if document is None or faults:
        return None, faults
    faults += MASTER_DATA.faults(document.data, Place(document))
    if not faults:
        faults += bases_faults(document)
    if not faults and len(document.data["bases"]) > 1:
        faults.append(document.fault("这一页一次写一个基础库", "bases", 1))
    return (None, sorted(faults)) if faults else (document.data["bases"][0], [])


def bases_faults(document: Document) -> Iterator[Fault]:
    """What the parts of each base say of each other."""
    seen: set[str] = set()
    for place, one in enumerate(document.data["bases"]):
        at: Steps = ("bases", place)
        if one["slug"] in seen:
            yield document.fault(f"{one['slug']} 写了两次", *at, "slug")
        seen.add(one["slug"])
        yield from _columns(document, one, at)
        yield from _sources(document, one, at)
        yield from _matching(document, one, at)


def _columns(document: Document, one: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    tables = {source["table"] for source in one["sources"]}
    seen: set[str] = set()
    for place, column in enumerate(one["columns"]):
        here = (*at, "columns", place)
        if column["name"] in seen:
            yield document.fault(f"列 {column['name']} 写了两次", *here, "name")
        seen.add(column["name"])
        if column["rule"] == "trust" and "order" not in column:
            yield document.fault("rule 是 trust 的，要用 order 写明先信哪张表", *here, "rule")
        for inner, table in enumerate(column.get("order", [])):
            if table not in tables:
                yield document.fault(f"sources 里没有 {table}", *here, "order", inner)
        if "event" in column and column["kind"] != "date":
            yield document.fault("event 只能写在 kind 是 date 的列上", *here, "event")
        if not any(column["name"] in source["columns"] for source in one["sources"]):
            yield document.fault(f"没有来源给出列 {column['name']}", *here)


def _sources(document: Document, one: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    names = {column["name"] for column in one["columns"]}
    newest = any(column["rule"] == "newest" for column in one["columns"])
    seen: set[str] = set()
    for place, source in enumerate(one["sources"]):
        here = (*at, "sources", place)
        if source["table"] in seen:
            yield document.fault(f"来源 {source['table']} 写了两次", *here, "table")
        seen.add(source["table"])
        for name in source["columns"]:
            if name not in names:
                yield document.fault(f"columns 里没有列 {name}", *here, "columns", name)
    if newest and not any("dated_by" in source for source in one["sources"]):
        yield document.fault("有列按 newest 选，至少一个来源要写 dated_by", *at, "sources")


def _matching(document: Document, one: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    kinds = {column["name"]: column["kind"] for column in one["columns"]}
    matching, here = one["matching"], (*at, "matching")
    if kinds.get(matching["identifier"]) not in IDENTIFIERS:
        told = "identifier 要是 kind 为 id_number 或 credit_code 的列"
        yield document.fault(told, *here, "identifier")
    elif IDENTIFIERS[kinds[matching["identifier"]]] != one["subject"]:
        told = "subject 是 person 的按 id_number 认，是 organisation 的按 credit_code 认"
        yield document.fault(told, *here, "identifier")
    given = SCORING & set(matching)
    if given and given != SCORING:
        missing = "、".join(sorted(SCORING - given))
        yield document.fault(f"要打分，还缺 {missing}；不打分就都不写", *here)
        return
    if not given:
        return
    if matching["lower"] > matching["upper"]:
        yield document.fault("lower 不能大于 upper", *here, "lower")
    for place, block in enumerate(matching["blocks"]):
        for inner, told in enumerate(block):
            if told.split(":")[0] not in kinds:
                where = (*here, "blocks", place, inner)
                yield document.fault(f"columns 里没有列 {told.split(':')[0]}", *where)
    for place, told in enumerate(matching["fields"]):
        yield from _field(document, told, kinds, (*here, "fields", place))


def _field(
    document: Document, told: Mapping[str, Any], kinds: Mapping[str, str], at: Steps
) -> Iterator[Fault]:
    if told["column"] not in kinds:
        yield document.fault(f"columns 里没有列 {told['column']}", *at, "column")
    near = told.get("near", {"m": 0, "u": 0})
    for name in ("m", "u"):
        parts = [told[name], near[name]] if "near" in told else [told[name]]
        if any(not 0 < part < 1 for part in parts) or sum(parts) >= 1:
            yield document.fault(f"{name} 是可能性，应在 0 和 1 之间，相加小于 1", *at, name)
