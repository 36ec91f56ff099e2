"""CKAN's `datastore_search`: released rows, those of the public site, in pages as `ckanapi` asks.

https://docs.ckan.org/en/2.11/maintaining/datastore.html#ckanext.datastore.logic.action.datastore_search
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from diebian.base.catalogue.open_rows import OpenTable, RowAnswer, RowQuestion, open_table
from diebian.base.catalogue.refusals import NotOpenToAll, QuestionWrong, ThingUnknown
from diebian.base.catalogue.resources import providers_of

from .asking import Question, is_told, is_yes, number, structure

USUAL, MOST = 100, 32_000  # rows on a page, as CKAN has them
EXACT = 15  # digits that every reader of JSON keeps
NUMBER = "_id"
LONGEST_SLUG, LONGEST_PART = 100, 200
MOST_VALUES, LONGEST_VALUE = 1_000, 1_000  # of a filter
FORMATS = ("objects", "lists")
NOTHING = (None, "", False, "false")
UNKNOWN_WORDS = ("q", "distinct", "plain", "language", "full_text")
CKAN_TYPES = {
    "BIGINT": "int8", "INTEGER": "int4", "SMALLINT": "int2", "DOUBLE": "float8", "FLOAT": "float4",
    "BOOLEAN": "bool", "DATE": "date", "TIMESTAMP": "timestamp", "TIME": "time",
    "TIMESTAMP WITH TIME ZONE": "timestamptz", "HUGEINT": "numeric", "BLOB": "bytea",
}  # fmt: skip
ORDER = re.compile(r'\s*"?(.+?)"?(?:\s+(asc|desc))?(?:\s+nulls\s+last)?\s*', re.IGNORECASE)


def search(question: Question, base: str) -> Mapping[str, Any]:
    """Raises `NotOpenToAll`, `ThingUnknown`, `QuestionWrong`, and what the source refuses."""
    found = _table(question)
    columns = list(found.types)
    for name in UNKNOWN_WORDS:
        if question.get(name) not in NOTHING:
            raise QuestionWrong(name, "Not supported here: use filters")
    asked = RowQuestion(
        columns=_fields(question, columns),
        filters=_filters(question, columns),
        order=_order(question, columns),
        limit=min(number(question, "limit", USUAL), MOST),
        offset=number(question, "offset", 0),
        is_counted=is_yes(question, "include_total", otherwise=True),
    )
    shape = str(question.get("records_format") or FORMATS[0])
    if shape not in FORMATS:
        raise QuestionWrong("records_format", f"One of {', '.join(FORMATS)}")
    told = found.read(asked)
    return {**_answer(found, asked, shape, told), "_links": _links(question, asked, base)}


def _answer(found: OpenTable, asked: RowQuestion, shape: str, told: RowAnswer) -> dict[str, Any]:
    names = [NUMBER, *asked.columns]
    rows = [[place, *map(_plain, values)] for place, *values in told.rows]
    types = {NUMBER: "int", **{name: _type(found.types[name]) for name in asked.columns}}
    answer = {
        "include_total": asked.is_counted,
        "limit": asked.limit,
        "offset": asked.offset,
        "records_format": shape,
        "resource_id": found.slug,
        "fields": [{"id": name, "type": type_} for name, type_ in types.items()],
        "records": [dict(zip(names, row, strict=True)) for row in rows]
        if shape == "objects"
        else rows,
    }
    if told.total is not None:
        answer |= {"total": told.total, "total_was_estimated": False}
    return answer


def _links(question: Question, asked: RowQuestion, base: str) -> dict[str, str]:
    """The same question from its beginning, and from where this answer ends."""
    told = {name: _written(value) for name, value in question.items() if is_told(question, name)}

    def address(offset: int) -> str:
        pairs = {**told, "limit": asked.limit, "offset": offset}
        return f"{base}api/3/action/datastore_search?{urlencode(pairs)}"

    return {"start": address(0), "next": address(asked.offset + asked.limit)}


def _written(value: Any) -> str:
    """As it stands in an address; names in a list are parted by commas there."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(question: Question) -> OpenTable:
    slug = str(question.get("resource_id") or question.get("id") or "")[:LONGEST_SLUG]
    if found := open_table(slug):
        return found
    if providers_of([slug]):  # a mounted resource is for departments
        raise NotOpenToAll("挂载的资源由部门申请共享；向社会开放的，请用开放数据的资源代码来读")
    raise ThingUnknown("Resource was not found.")


def _fields(question: Question, columns: Sequence[str]) -> list[str]:
    wanted = [one for one in _listed(question.get("fields")) if one != NUMBER]
    return [_known(one, columns, "fields") for one in dict.fromkeys(wanted)] or list(columns)


def _filters(question: Question, columns: Sequence[str]) -> dict[str, list[Any]]:
    told = structure(question, "filters") or {}
    if not isinstance(told, Mapping):
        raise QuestionWrong("filters", "Not a json object")
    found = {}
    for name, value in told.items():
        values = value if isinstance(value, list) else [value]
        if not all(one is None or isinstance(one, str | int | float | bool) for one in values):
            raise QuestionWrong("filters", "Values are words, numbers or lists of these")
        if len(values) > MOST_VALUES or any(len(str(one)) > LONGEST_VALUE for one in values):
            raise QuestionWrong("filters", f"At most {MOST_VALUES} values of {LONGEST_VALUE} signs")
        found[_known(str(name), columns, "filters")] = values
    return found


def _order(question: Question, columns: Sequence[str]) -> list[tuple[str, bool]]:
    """A second word on a column that has one changes nothing."""
    order: dict[str, bool] = {}
    for part in _listed(question.get("sort")):
        found = ORDER.fullmatch(part) if len(part) <= LONGEST_PART else None
        name = found[1] if found else part
        if name != NUMBER:  # the order of the numbers is what remains
            is_down = bool(found and (found[2] or "").lower() == "desc")
            order.setdefault(_known(name, columns, "sort"), is_down)
    return list(order.items())


def _listed(told: Any) -> list[str]:
    parts = told.split(",") if isinstance(told, str) else (told or [])
    if not isinstance(parts, list):
        raise QuestionWrong("fields", "Words with commas, or a list")
    return [str(one).strip() for one in parts if str(one).strip()]


def _known(name: str, columns: Sequence[str], where: str) -> str:
    if name not in columns:
        raise QuestionWrong(where, f'field "{name[:LONGEST_PART]}" not in table')
    return name


def _type(type_: str) -> str:
    return CKAN_TYPES.get(type_, "numeric" if type_.startswith("DECIMAL") else "text")


def _plain(value: Any) -> Any:
    """As JSON has it, and nothing that a reader would take for another number."""
    if isinstance(value, Decimal):
        return float(value) if len(value.as_tuple().digits) <= EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
