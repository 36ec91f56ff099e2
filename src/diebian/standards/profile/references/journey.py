"""The journey's resources and requests: departments, people in their posts, columns that exist."""

import json
from collections.abc import Iterator
from typing import Any

from diebian.standards.contracts import person_fault
from diebian.standards.profile.documents import Document, Steps
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.journeys import PARTS
from diebian.standards.profile.parsed import Parsed

People = dict[str, dict[str, Any]]


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document("journey.yaml")
    if document is None:
        return
    officials = officials_of(told)
    seen: set[str] = set()
    for place, resource in enumerate(document.data["resources"]):
        if resource["slug"] in seen:
            yield document.fault(f"{resource['slug']} 写了两次", "resources", place, "slug")
        seen.add(resource["slug"])
        yield from _resource(told, document, place, officials)
    asked: set[tuple[str, str]] = set()
    for place, request in enumerate(document.data["requests"]):
        pair = (request["resource"], request["consumer"])
        if pair in asked:
            yield document.fault(f"{pair[1]} 已申请过 {pair[0]}", "requests", place)
        asked.add(pair)
        yield from _request(told, document, place, officials)
    sandbox = told.document("sandbox.yaml")
    for place, one in enumerate(document.data.get("collections", [])):
        at: Steps = ("collections", place)
        yield from in_post(
            document, officials, one["defined_by"], "data_manager", "", (*at, "defined_by")
        )
        if sandbox is not None and one["source"]["sandbox"] not in sandbox.data:
            system = one["source"]["sandbox"]
            yield document.fault(f"sandbox.yaml 里没有这个系统：{system}", *at, "source")
    yield from _comparisons(document, officials)
    yield from _bases(told, document, officials)


def _bases(told: Parsed, document: Document, officials: People | None) -> Iterator[Fault]:
    declared = told.document("master_data.yaml")
    known = {one["slug"] for one in declared.data["bases"]} if declared else set()
    posts = {"requested_by": "applicant", "office_head": "data_head"}
    for place, one in enumerate(document.data.get("bases", [])):
        at: Steps = ("bases", place)
        if one["slug"] not in known:
            yield document.fault(f"master_data.yaml 里没有 {one['slug']}", *at, "slug")
        for key, post in posts.items():
            yield from in_post(document, officials, one[key], post, "", (*at, key))
        for inner, head in enumerate(one["provider_heads"]):
            where = (*at, "provider_heads", inner)
            yield from in_post(document, officials, head, "data_head", "", where)
        if "requests" in one and "offer" not in one:
            yield document.fault("没有写 offer，别的部门没有东西可申请", *at, "requests")
        for inner, asked in enumerate(one.get("requests", [])):
            for key, post in (*posts.items(), ("provider_head", "data_head")):
                where = (*at, "requests", inner, key)
                yield from in_post(document, officials, asked[key], post, "", where)


def _comparisons(document: Document, officials: People | None) -> Iterator[Fault]:
    tables = {one["slug"] for one in document.data.get("collections", [])}
    posts = {"requested_by": "applicant", "office_head": "data_head", "provider_head": "data_head"}
    for place, one in enumerate(document.data.get("comparisons", [])):
        at: Steps = ("comparisons", place)
        for side in ("left", "right"):
            if one[side] not in tables:
                yield document.fault(f"collections 里没有 {one[side]}", *at, side)
        for key, post in posts.items():
            yield from in_post(document, officials, one[key], post, "", (*at, key))

    known = {one["slug"] for one in document.data["resources"]}
    for place, one in enumerate(document.data.get("seasons", [])):
        if one["resource"] not in known:
            yield document.fault(
                f"resources 里没有 {one['resource']}", "seasons", place, "resource"
            )
        at = ("seasons", place, "opened_by")
        yield from in_post(document, officials, one["opened_by"], "data_authority", "", at)


def officials_of(told: Parsed) -> People | None:
    """By username; None when people.yaml cannot be read."""
    document = told.document("people.yaml")
    if document is None:
        return None
    return {one["username"]: one for one in document.data["officials"]}


def in_post(
    document: Document, people: People | None, username: str, post: str, office: str, at: Steps
) -> Iterator[Fault]:
    """`office`: organisation code, or empty when any will do."""
    if people is None:
        return
    one = people.get(username)
    if one is None:
        yield document.fault(f"people.yaml 里没有这位工作人员：{username}", *at)
    elif post not in one["posts"]:
        yield document.fault(f"{username} 没有 {post} 这个岗位", *at)
    elif office and one["organisation"] != office:
        yield document.fault(f"{username} 属于 {one['organisation']}，这里要 {office} 的人", *at)


def _resource(
    told: Parsed, document: Document, place: int, people: People | None
) -> Iterator[Fault]:
    resource, at = document.data["resources"][place], ("resources", place)
    organisations, catalogue = told.codes("organisations.csv"), told.codes("catalogue.csv")
    if organisations is not None and resource["organisation"] not in organisations:
        yield document.fault(f"机构不存在：{resource['organisation']}", *at, "organisation")
    yield from in_post(
        document,
        people,
        resource["mounted_by"],
        "data_manager",
        resource["organisation"],
        (*at, "mounted_by"),
    )
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


def _request(
    told: Parsed, document: Document, place: int, people: People | None
) -> Iterator[Fault]:
    request, at = document.data["requests"][place], ("requests", place)
    consumer, organisations = request["consumer"], told.codes("organisations.csv")
    if organisations is not None and consumer not in organisations:
        yield document.fault(f"机构不存在：{consumer}", *at, "consumer")
    for key, post in (("requested_by", "applicant"), ("office_head", "data_head")):
        yield from in_post(document, people, request[key], post, consumer, (*at, key))
    resources = {one["slug"]: one for one in document.data["resources"]}
    resource = resources.get(request["resource"])
    if resource is None:
        yield document.fault(f"resources 里没有 {request['resource']}", *at, "resource")
        return
    yield from in_post(
        document,
        people,
        request["provider_head"],
        "data_head",
        resource["organisation"],
        (*at, "provider_head"),
    )
    for inner, column in enumerate(request["columns"]):
        if column not in resource["contract"]["fields"]:
            yield document.fault(
                f"{request['resource']} 没有这一栏：{column}", *at, "columns", inner
            )
