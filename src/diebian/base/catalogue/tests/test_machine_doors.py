"""What anybody's machine may read: published entries only, the same through every door."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.live_server_helper import LiveServer

from diebian.base.catalogue.actions import draft_entry
from diebian.base.catalogue.machine import dcat
from diebian.base.catalogue.models import Entry, Resource
from diebian.kernel import clock
from diebian.standards.themes import Theme

from .factories import OURS, THEIRS, a_draft, a_head, a_manager, a_published_entry, told

pytestmark = pytest.mark.django_db
CKANAPI = Path(sys.executable).with_name("ckanapi")


def test_dcat_tells_an_entry_in_the_words_of_its_vocabularies(client: Client) -> None:
    entry = a_published_entry()
    Entry.objects.update(theme=Theme.HOUSING, update_cycle="day")
    _mount(entry)
    told_catalogue = client.get("/api/dcat/catalog.jsonld")
    assert told_catalogue["Content-Type"] == "application/ld+json"
    node = told_catalogue.json()
    [dataset] = node["dcat:dataset"]
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/frequency/DAILY")
    assert dataset["dct:accessRights"]["@id"].endswith("/access-right/NON_PUBLIC")
    assert dataset["dcat:theme"][0]["skos:prefLabel"]["@value"] == "主题库·住房和城乡建设"
    assert [one["@value"] for one in dataset["dcat:keyword"]] == ["站点名称", "户主姓名"]
    assert all("dcat:accessURL" in one for one in dataset["dcat:distribution"])
    words = {name.split(":")[0] for name in _names(node) if ":" in name}
    assert words <= set(node["@context"])


def test_dcat_pages_hold_every_entry_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dcat, "A_PAGE", 2)
    titles = {a_published_entry(f"样例{number}").title for number in range(5)}
    found: list[str] = []
    address = "http://testserver/api/dcat/catalog.jsonld?page=1"
    while address:
        node = client.get(address.removeprefix("http://testserver")).json()
        found += [one["dct:title"]["@value"] for one in node["dcat:dataset"]]
        address = node["hydra:view"].get("hydra:next", {}).get("@id", "")
    assert (len(found), set(found)) == (5, titles)
    for wrong in ("0", "4", "x", "-1", "９", "1" * 40):
        assert client.get("/api/dcat/catalog.jsonld", {"page": wrong}).status_code == 404


def test_no_door_shows_a_draft_a_person_or_a_column(client: Client) -> None:
    facts = replace(told("样例草稿"), responsible="样例责任人")
    draft = draft_entry(facts=facts, by=a_manager())
    shown = a_published_entry()
    Entry.objects.update(responsible="样例责任人")
    addresses = [
        "/api/dcat/catalog.jsonld",
        f"/api/dcat/datasets/{shown.public_id}",
        "/api/3/action/package_search?q=样例",
        "/api/3/action/current_package_list_with_resources",
        "/api/3/action/organization_list?all_fields=true",
        f"/api/3/action/package_show?id={shown.public_id}",
    ]
    for address in addresses:
        content = client.get(address).content.decode("unicode-escape")
        assert "样例" in content
        for secret in ("样例草稿", str(draft.public_id), "样例责任人", '"owner"'):
            assert secret not in content, (address, secret)
    for address in ("/api/dcat/datasets/", "/api/3/action/package_show?id="):
        assert client.get(f"{address}{draft.public_id}").status_code == 404


def test_ckan_lists_searches_and_shows(client: Client) -> None:
    first, second = a_published_entry("样例供热站点"), a_published_entry("样例水表", THEIRS)
    Entry.objects.filter(pk=first.pk).update(theme=Theme.HOUSING)
    _mount(first)
    assert _result(client, "package_list") == [str(first.public_id), str(second.public_id)]
    assert _result(client, "package_list", limit=1, offset=1) == [str(second.public_id)]
    found = _result(client, "package_search", q="供热", rows=5)
    assert (found["count"], found["results"][0]["title"]) == (1, "样例供热站点")
    assert _result(client, "package_search", q="*:*", rows=0)["count"] == 2
    code = second.provider.credit_code
    of = _result(client, "package_search", fq=f"+organization:{code.lower()}")
    assert [one["title"] for one in of["results"]] == ["样例水表"]
    in_group = _result(client, "package_search", fq='groups:"theme-housing"')
    assert [one["title"] for one in in_group["results"]] == ["样例供热站点"]
    package = _result(client, "package_show", id=str(first.public_id))
    assert package["organization"]["title"] == OURS
    assert (package["num_resources"], package["resources"][0]["id"]) == (1, "sample")
    assert _result(client, "resource_show", id="sample")["name"] == "样例接口"
    assert _result(client, "group_list") == ["theme-housing"]
    shown = _result(client, "group_show", id="theme-housing", include_datasets=True)
    assert (shown["package_count"], len(shown["packages"])) == (1, 1)
    assert _result(client, "organization_show", id=code)["display_name"] == THEIRS
    assert _result(client, "tag_list", query="户主") == ["户主姓名"]


def test_ckans_clients_are_refused_in_ckans_words(client: Client) -> None:
    cases: list[tuple[str, Mapping[str, Any], int, str]] = [
        ("package_create", {}, 400, "Bad request"),
        ("package_show", {"id": "nobody"}, 404, "Not Found Error"),
        ("package_show", {}, 404, "Not Found Error"),
        ("organization_show", {"id": "x"}, 404, "Not Found Error"),
        ("group_show", {"id": "x"}, 404, "Not Found Error"),
        ("package_search", {"rows": "many"}, 409, "Validation Error"),
        ("package_search", {"start": -1}, 409, "Validation Error"),
        ("package_search", {"fq": "secret:1"}, 409, "Validation Error"),
    ]
    for action, question, status, kind in cases:
        answer = _asked(client, action, question)
        assert answer.status_code == status, action
        assert (answer.json()["success"], answer.json()["error"]["__type"]) == (False, kind)
    broken = client.post("/api/3/action/package_list", "[", content_type="application/json")
    assert broken.status_code == 400
    many = _result(client, "package_search", rows=10**9 - 1)
    assert many["results"] == []


def test_ckan_sorts_as_it_is_asked(client: Client) -> None:
    for title in ("乙", "甲", "丙"):
        a_published_entry(title)
    now = clock.now()
    for days, title in enumerate(("甲", "乙", "丙")):
        moment = now - timedelta(days=days)
        Entry.objects.filter(title=title).update(published_at=moment)
    for sort, titles in {
        "title asc": ["丙", "乙", "甲"],
        "title_string desc": ["甲", "乙", "丙"],
        "metadata_created desc": ["甲", "乙", "丙"],
        "metadata_modified asc": ["丙", "乙", "甲"],
        "score desc, metadata_modified desc": ["甲", "乙", "丙"],
    }.items():
        found = _result(client, "package_search", sort=sort)
        assert [one["title"] for one in found["results"]] == titles, sort
        assert found["sort"] == sort
    best = _result(client, "package_search", q="甲", sort="score desc")
    assert best["results"][0]["title"] == "甲"
    for wrong in ("password desc", "title sideways", ","):
        assert _asked(client, "package_search", {"sort": wrong}).status_code == 409


def test_ckan_counts_by_facet_what_was_found(client: Client) -> None:
    first, second = a_published_entry("样例供热站点"), a_published_entry("样例水表", THEIRS)
    a_draft(a_manager(), "样例草稿")
    Entry.objects.filter(pk=first.pk).update(theme=Theme.HOUSING)
    fields = json.dumps(["organization", "groups", "tags"])
    found = _result(client, "package_search", **{"facet.field": fields})
    codes = [one.provider.credit_code.lower() for one in (first, second)]
    assert found["facets"] == {
        "organization": dict.fromkeys(codes, 1),
        "groups": {"theme-housing": 1},
        "tags": {"户主姓名": 2, "站点名称": 2},
    }
    items = found["search_facets"]["groups"]["items"]
    assert items == [{"name": "theme-housing", "display_name": Theme.HOUSING.label, "count": 1}]
    asked = {"facet.field": fields, "facet.limit": 1, "q": "水表"}
    narrowed = _result(client, "package_search", **asked)
    assert narrowed["facets"]["organization"] == {codes[1]: 1}
    assert len(narrowed["facets"]["tags"]) == 1
    assert _result(client, "package_search")["facets"] == {}
    for wrong in ({"facet.field": "["}, {"facet.field": '["secret"]'}, {"facet.limit": "x"}):
        assert _asked(client, "package_search", wrong).status_code == 409


def test_a_thousand_entries_cost_no_more_queries_than_two(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    doors = ("/api/dcat/catalog.jsonld", "/api/3/action/package_search?q=样例&rows=1000")
    a_published_entry("样例一")
    few = [queries(door) for door in doors]
    for number in range(8):
        a_published_entry(f"样例{number}")
    assert [queries(door) for door in doors] == few


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("datasets", ["样例供热站点", "样例水表"]),
        ("organizations", [OURS, THEIRS]),
        ("groups", [Theme.HOUSING.label]),
    ],
)
def test_ckanapi_dumps_us(
    live_server: LiveServer, tmp_path: Path, what: str, expected: list[str]
) -> None:
    """The real client over real HTTP."""
    a_published_entry("样例供热站点")
    a_published_entry("样例水表", THEIRS)
    a_draft(a_manager(), "样例草稿")
    Entry.objects.filter(title="样例水表").update(theme=Theme.HOUSING)
    out = tmp_path / "dump.jsonl"
    words = [str(CKANAPI), "dump", what, "--all", "-p", "2", "-O", str(out), "-r", live_server.url]
    own = {**os.environ, "PATH": f"{CKANAPI.parent}:{os.environ['PATH']}"}  # it calls itself
    done = run(words, capture_output=True, text=True, check=False, env=own)  # noqa: S603  a client
    assert done.returncode == 0, done.stderr
    dumped = [json.loads(line)["title"] for line in out.read_text().splitlines()]
    assert sorted(dumped) == sorted(expected)


def test_openapi_tells_every_address_under_api(client: Client) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert "/api/catalogue/entries/{entry_id}/{verb}" in document["paths"]
    assert "/api/exchange/requests/{request_id}" in document["paths"]
    for path, item in document["paths"].items():
        wanted = {part.split("}")[0] for part in path.split("{")[1:]}
        assert {one["name"] for one in item.get("parameters", [])} == wanted
    own = [item for path, item in document["paths"].items() if "/exchange/" not in path]
    assert all({"get", "post"} & set(item) for item in own)
    draft = document["paths"]["/api/catalogue/entries"]["post"]["requestBody"]
    schema = draft["content"]["application/json"]["schema"]
    assert schema["required"] == ["title", "sharing", "review_due"]
    assert schema["properties"]["sharing"]["enum"] == ["unconditional", "conditional", "never"]
    ids = [
        told["operationId"]
        for item in document["paths"].values()
        for method, told in item.items()
        if method != "parameters"
    ]
    assert len(ids) == len(set(ids)) > 8


def test_a_head_is_not_needed_to_read(client: Client) -> None:
    a_head()
    assert client.head("/api/dcat/catalog.jsonld").status_code == 200
    assert client.post("/api/dcat/catalog.jsonld").status_code == 405


def _mount(entry: Entry) -> None:
    Resource.objects.create(
        entry=entry,
        slug="sample",
        title="样例接口",
        contract={"fields": {}},
        mounted_at=clock.now(),
    )


def _asked(client: Client, action: str, question: Mapping[str, Any]) -> Any:
    body = json.dumps(question)
    return client.post(f"/api/3/action/{action}", body, content_type="application/json")


def _result(client: Client, action: str, **question: Any) -> Any:
    answer = _asked(client, action, question).json()
    assert answer["success"], answer
    by_get = client.get(f"/api/action/{action}", question).json()
    assert by_get["result"] == answer["result"]
    return answer["result"]


def _names(node: Any) -> set[str]:
    if isinstance(node, dict):
        inner = {name for key, value in node.items() if key != "@context" for name in _names(value)}
        return inner | {key for key in node if not key.startswith("@")}
    return {name for one in node for name in _names(one)} if isinstance(node, list) else set()
