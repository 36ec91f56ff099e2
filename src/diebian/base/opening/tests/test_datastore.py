"""CKAN's clients read what was released, and nothing else: the rows of the public site."""

import json
from typing import Any

import pytest
from django.test import Client

from diebian.base.catalogue.public import Kind, mount_resource
from diebian.base.lake.public import lake_table
from diebian.base.opening import open_rows
from diebian.base.opening.actions import withdraw
from diebian.base.opening.models import Dataset
from diebian.base.opening.rows import page_of
from diebian.base.opening.shown import released
from diebian.base.opening.tables import entry_behind
from diebian.security.identity.public import Post

from .people import AIR, AREA, PEOPLE, YEAR, a_table, air, facts, opened, published, who


@pytest.fixture
def row() -> Dataset:
    a_table(AIR)
    return opened(air(), AIR)


def test_released_rows_come_in_pages_filtered_and_sorted(row: Dataset) -> None:
    told = _asked(row, limit=3, sort="指数 desc, 日期")
    assert told["total"] == 90
    assert [one["指数"] for one in told["records"]] == [99, 99, 98]
    assert [one["type"] for one in told["fields"]] == ["int", "date", "text", "int4"]
    assert told["records"][0]["日期"].startswith("2026-")
    whole = [one for start in (0, 60) for one in _asked(row, limit=60, offset=start)["records"]]
    assert [one["_id"] for one in whole] == list(range(90))
    filters = {"站点": ["a1", "没有"], "指数": [47, "x"]}
    few = _asked(row, filters=filters, fields="站点", records_format="lists")
    assert {one[1] for one in few["records"]} == {"a1"}
    assert few["total"] == len(few["records"]) > 0
    none = {"站点": "'; drop view numbered --"}
    found = _asked(row, filters=json.dumps(none), include_total="false")
    assert (found["records"], "total" in found) == ([], False)
    assert _asked(row, filters={"站点": [None]})["total"] == 0


def test_the_next_page_asks_the_same_question(row: Dataset) -> None:
    asked = {"filters": {"站点": ["a1"]}, "fields": ["指数"], "sort": "指数 desc", "limit": 2}
    told = _asked(row, **asked)
    after = Client().get(told["_links"]["next"]).json()["result"]
    assert after["records"] == _asked(row, **asked, offset=2)["records"]
    assert (after["offset"], after["total"]) == (2, told["total"])


def test_it_gives_what_the_sites_own_api_gives(row: Dataset) -> None:
    site = page_of(released(row.public_id)[1], {"limit": ["90"]})
    told = _asked(row, limit=90)["records"]
    assert [{k: v for k, v in one.items() if k != "_id"} for one in told] == site.rows


def test_small_groups_that_were_left_out_are_not_read_by_another_door() -> None:
    a_table(PEOPLE)
    row = opened(facts(AREA, YEAR, leave_out_small=True))
    told = _asked(row, limit=1000)
    assert told["total"] == 385  # 15 of 400 are in too small a group
    assert "100103" not in {one["区划"] for one in told["records"]}


def test_every_offer_of_a_dataset_says_that_it_is_read_so(row: Dataset) -> None:
    package = Client().get("/api/3/action/package_show", {"id": str(row.entry.public_id)}).json()
    active = {one["id"] for one in package["result"]["resources"] if one["datastore_active"]}
    assert {f"{row.public_id}-{ending}" for ending in open_rows.ENDINGS} == active
    for ending in open_rows.ENDINGS:
        assert _post({"resource_id": f"{row.public_id}-{ending}", "limit": 1}).status_code == 200


def test_what_cannot_be_read_is_refused_in_ckans_words(
    row: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in (
        {"fields": 'x"; drop'},
        {"sort": "指数 desc; drop"},
        {"sort": "file_row_number"},
        {"filters": {"id": "1"}},
        {"filters": "[1]"},
        {"filters": {"指数": {"a": 1}}},
        {"limit": "-1"},
        {"limit": [1]},
        {"offset": "²"},
        {"q": "样例"},
        {"records_format": "tsv"},
    ):
        answer = _post({"resource_id": _slug(row), **wrong})
        assert (answer.status_code, answer.json()["success"]) == (409, False), wrong
    monkeypatch.setattr(open_rows, "MOST_CHARACTERS", 10)
    assert _post({"resource_id": _slug(row)}).status_code == 409  # never fewer rows than asked


def test_what_is_not_released_is_not_there() -> None:
    a_table(AIR)
    for unknown in ("nobody", f"{'0' * 8}-0000-0000-0000-{'0' * 12}-csv", "x-csv"):
        assert _post({"resource_id": unknown}).status_code == 404, unknown
    assert _post({"resource_id": "\0-api"}).status_code == 400
    row = published(air(), AIR)  # its files are not written yet
    assert _post({"resource_id": _slug(row)}).status_code == 404


def test_what_is_withdrawn_is_gone_at_once(row: Dataset) -> None:
    assert _post({"resource_id": _slug(row)}).status_code == 200
    withdraw(dataset_id=row.public_id, reason="发现有误", by=who(Post.DATA_HEAD))
    assert _post({"resource_id": _slug(row)}).status_code == 404


def test_a_mounted_table_is_not_read_however_open_its_columns_are(row: Dataset) -> None:
    mount_resource(
        entry_id=entry_behind(lake_table(AIR)).public_id,
        slug="air-table",
        title="空气表",
        contract={"collection": AIR, "fields": {"day": "day", "place": "place", "aqi": "aqi"}},
        probe=lambda told: set(told["fields"]),
        by=who(),
        kind=Kind.TABLE,
    )
    answer = _post({"resource_id": "air-table"})
    assert answer.status_code == 403
    assert answer.json()["error"]["__type"] == "Authorization Error"
    shown = Client().get("/api/3/action/resource_show", {"id": "air-table"}).json()["result"]
    assert not shown["datastore_active"]
    assert _asked(row, limit=1)["records"]


def _slug(row: Dataset) -> str:
    return f"{row.public_id}-csv"


def _post(told: dict[str, Any]) -> Any:
    address = "/api/3/action/datastore_search"
    return Client().post(address, json.dumps(told), content_type="application/json")


def _asked(row: Dataset, **told: Any) -> Any:
    answer = _post({"resource_id": _slug(row), **told}).json()
    assert answer["success"], answer
    return answer["result"]
