"""What CKAN's clients read of a table that is open to all; of another they read nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from diebian.standards.sharing import OpenType

from .people import FILE, HARMLESS, TABLE, a_file, a_table, an_entry, collected

pytestmark = pytest.mark.usefixtures("lake_place")
OPEN = {"open_type": OpenType.UNCONDITIONAL}
SHUT: dict[str, Any] = {
    "not-open": {"items": HARMLESS},
    "on-conditions": {"items": HARMLESS, "open_type": OpenType.CONDITIONAL},
    "personal": OPEN,
    "not-described": {**OPEN, "items": HARMLESS[:1]},
}


def test_rows_of_an_open_table_come_in_pages_filtered_and_sorted() -> None:
    collected()
    a_table(an_entry(items=HARMLESS, **OPEN))
    told = _asked(limit=3, sort="amount desc")
    assert told["total"] == 100
    assert [one["number"] for one in told["records"]] == [99, 98, 97]
    assert told["records"][0]["amount"] == 24.75
    assert [one["type"] for one in told["fields"]] == ["int", "int8", "text", "numeric"]
    whole = [row for start in (0, 60) for row in _asked(limit=60, offset=start)["records"]]
    assert sorted(row["number"] for row in whole) == list(range(100))
    assert len({row["_id"] for row in whole}) == 100
    few = _asked(filters={"number": [3, "5", "x"]}, fields="owner", records_format="lists")
    assert [row[1:] for row in few["records"]] == [["样例3"], ["样例5"]]
    assert few["total"] == 2
    none = {"owner": "'; drop table people --"}
    found = _asked(filters=json.dumps(none), include_total="false")
    assert (found["records"], "total" in found) == ([], False)
    assert _shown(TABLE)["datastore_active"]
    _is_refused_in_ckans_words()


def _is_refused_in_ckans_words() -> None:
    for wrong in (
        {"fields": 'x"; drop'},
        {"sort": "amount desc; drop"},
        {"filters": {"place": "1"}},
        {"filters": "[1]"},
        {"filters": {"number": {"a": 1}}},
        {"limit": "-1"},
        {"limit": [1]},
        {"offset": "²"},
        {"q": "样例"},
        {"records_format": "tsv"},
    ):
        answer = _post({"resource_id": TABLE, **wrong})
        assert (answer.status_code, answer.json()["success"]) == (409, False), wrong
    assert _post({"resource_id": "nobody"}).status_code == 404


def test_a_table_that_is_not_open_in_every_column_is_shut() -> None:
    collected(3)
    for slug, changed in SHUT.items():
        a_table(an_entry(slug, **changed), slug=slug)
        answer = _post({"resource_id": slug})
        assert answer.status_code == 403, slug
        assert answer.json()["error"]["__type"] == "Authorization Error"
        assert not _shown(slug)["datastore_active"]
    a_file(an_entry(items=HARMLESS, **OPEN))  # has no rows
    assert _post({"resource_id": FILE}).status_code == 403
    assert _shown(FILE)["format"] == "CSV"


def _post(told: dict[str, Any]) -> Any:
    address = "/api/3/action/datastore_search"
    return Client().post(address, json.dumps(told), content_type="application/json")


def _asked(**told: Any) -> Any:
    answer = _post({"resource_id": TABLE, **told}).json()
    assert answer["success"], answer
    return answer["result"]


def _shown(slug: str) -> Any:
    return Client().get("/api/3/action/resource_show", {"id": slug}).json()["result"]
