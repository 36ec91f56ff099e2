"""The journey's resources and requests: departments, people in their posts, columns that exist."""

import json
from collections.abc import Iterator
from typing import Any

from diebian.standards.contracts import person_fault
from diebian.standards.profile.documents import Document, Steps
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.journeys import PARTS
from diebian.standards.profile.parsed import Parsed

from .posts import Posts


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document("journey.yaml")
    if document is None:
        return
    posts = Posts(told, document)
    seen: set[str] = set()
    for place, resource in enumerate(document.data["resources"]):
        if resource["slug"] in seen:
            yield document.fault(f"{resource['slug']} 写了两次", "resources", place, "slug")
        seen.add(resource["slug"])
        yield from _resource(told, posts, place)
    asked: set[tuple[str, str]] = set()
    for place, request in enumerate(document.data["requests"]):
        pair = (request["resource"], request["consumer"])
        if pair in asked:
            yield document.fault(f"{pair[1]} 已申请过 {pair[0]}", "requests", place)
        asked.add(pair)
        yield from _request(posts, place)
    sandbox = told.document("sandbox.yaml")
    for place, one in enumerate(document.data.get("collections", [])):
        at: Steps = ("collections", place)
        yield from posts.holds(one["defined_by"], "data_manager", "", *at, "defined_by")
        if sandbox is not None and one["source"]["sandbox"] not in sandbox.data:
            system = one["source"]["sandbox"]
            yield document.fault(f"sandbox.yaml 里没有这个系统：{system}", *at, "source")
    yield from _comparisons(posts)
    yield from _seasons(posts)
    yield from _bases(told, posts)


def _bases(told: Parsed, posts: Posts) -> Iterator[Fault]:
    document, declared = posts.document, told.document("master_data.yaml")
    known = {one["slug"] for one in declared.data["bases"]} if declared else set()
    for place, one in enumerate(document.data.get("bases", [])):
        at: Steps = ("bases", place)
        if one["slug"] not in known:
            yield document.fault(f"master_data.yaml 里没有 {one['slug']}", *at, "slug")
        yield from posts.asked(one, "", *at)
        for inner, head in enumerate(one["provider_heads"]):
            yield from posts.holds(head, "data_head", "", *at, "provider_heads", inner)
        if "offer" in one:
            yield from posts.mounted(one["offer"], *at, "offer")
        elif "requests" in one:
            yield document.fault("没有写 offer，别的部门没有东西可申请", *at, "requests")
        provider = one.get("offer", {}).get("organisation", "")
        for inner, asked in enumerate(one.get("requests", [])):
            yield from posts.asked(asked, provider, *at, "requests", inner)


def _comparisons(posts: Posts) -> Iterator[Fault]:
    document = posts.document
    tables = {one["slug"] for one in document.data.get("collections", [])}
    for place, one in enumerate(document.data.get("comparisons", [])):
        at: Steps = ("comparisons", place)
        for side in ("left", "right"):
            if one[side] not in tables:
                yield document.fault(f"collections 里没有 {one[side]}", *at, side)
        yield from posts.asked(one, "", *at)


def _seasons(posts: Posts) -> Iterator[Fault]:
    document = posts.document
    known = {one["slug"] for one in document.data["resources"]}
    for place, one in enumerate(document.data.get("seasons", [])):
        at: Steps = ("seasons", place)
        if one["resource"] not in known:
            yield document.fault(f"resources 里没有 {one['resource']}", *at, "resource")
        yield from posts.holds(one["opened_by"], "data_authority", "", *at, "opened_by")


def _resource(told: Parsed, posts: Posts, place: int) -> Iterator[Fault]:
    document, at = posts.document, ("resources", place)
    resource, catalogue = document.data["resources"][place], told.codes("catalogue.csv")
    yield from posts.mounted(resource, *at)
    if catalogue is not None and "entry_code" in resource:
        entry = catalogue.get(resource["entry_code"])
        if entry is None or entry["org_code"] != resource["organisation"]:
            yield document.fault(
                f"{resource['organisation']} 没有这条目录：{resource['entry_code']}",
                *at,
                "entry_code",
            )
    for line in resource.get("items", "").strip().splitlines():
        column = line.split("|")[PARTS - 1].strip()
        if column and column not in resource["contract"]["fields"]:
            yield document.fault(f"contract 的 fields 里没有 {column}", *at, "items")
    yield from _contract(told, document, place)


def _contract(told: Parsed, document: Document, place: int) -> Iterator[Fault]:
    contract, at = document.data["resources"][place]["contract"], ("resources", place, "contract")
    if set(contract["request"]) - set(contract["probe"]):
        yield document.fault("probe 要给 request 里的每个名字一个样例值", *at, "probe")
    if says := person_fault(contract):
        yield document.fault(f"person：{says}", *at, *(["person"] if "person" in contract else []))
    for ours in contract.get("reads", {}).get("columns", {}):
        if ours not in contract["fields"]:
            yield document.fault(f"contract 的 fields 里没有 {ours}", *at, "reads", "columns", ours)
    sandbox = told.document("sandbox.yaml")
    if sandbox is None:
        return
    if contract["system"] not in sandbox.data:
        yield document.fault(f"sandbox.yaml 里没有这个系统：{contract['system']}", *at, "system")
        return
    system = contract["system"]  # and its further tables
    tables = [rows for name, rows in sandbox.data.items() if name.split("-")[0] == system]
    told_by_rows = {one for rows in tables for one in _fields_told(rows, contract["path"])}
    for ours, theirs in contract["fields"].items():
        if told_by_rows and theirs.lower() not in told_by_rows:
            yield document.fault(
                f"{contract['system']} 的样例行里没有 {theirs}", *at, "fields", ours
            )


def _fields_told(rows: list[dict[str, Any]], path: str) -> set[str]:
    """In small letters: some answer in capitals. A node above tells its row as JSON."""
    if not rows:
        return set()
    if "nr" in rows[0]:
        told = [json.loads(row["nr"]) for row in rows if row["jk"] == path]
        return {name.lower() for row in told for name in row}
    return {name.lower() for name in rows[0]}


def _request(posts: Posts, place: int) -> Iterator[Fault]:
    document, at = posts.document, ("requests", place)
    request = document.data["requests"][place]
    resources = {one["slug"]: one for one in document.data["resources"]}
    resource = resources.get(request["resource"])
    yield from posts.asked(request, resource["organisation"] if resource else "", *at)
    if resource is None:
        yield document.fault(f"resources 里没有 {request['resource']}", *at, "resource")
        return
    for inner, column in enumerate(request["columns"]):
        if column not in resource["contract"]["fields"]:
            yield document.fault(
                f"{request['resource']} 没有这一栏：{column}", *at, "columns", inner
            )
