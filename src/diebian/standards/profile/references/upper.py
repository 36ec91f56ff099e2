"""Resources of nodes above: a node that is there, a sample row that answers."""

import json
from collections.abc import Iterator
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed
from diebian.standards.profile.tables import Row
from diebian.standards.profile.upper import columns_of

from .posts import Posts


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document("journey.yaml")
    if document is None:
        return
    yield from _mounted_by(told, document)
    table, sandbox = told.rows("upper_resources.csv"), told.document("sandbox.yaml")
    nodes = {one["system"]: one for one in document.data.get("upstreams", [])}
    mounted = {one["slug"] for one in document.data["resources"]}
    for line, row in table:
        if "kinds" not in nodes.get(row["node"], {}):
            yield table.fault(line, f"journey.yaml 的 upstreams 里没有写 {row['node']} 的 kinds")
        if row["slug"] in mounted:
            yield table.fault(line, f"journey.yaml 已挂载了 {row['slug']}")
        if sandbox is not None and row["node"] in sandbox.data:
            lacking = columns_of(row) - _told_by(sandbox.data[row["node"]], row)
            if lacking:
                told_of = "、".join(sorted(lacking))
                yield table.fault(line, f"sandbox.yaml 的样例行里没有：{told_of}")


def _told_by(rows: list[dict[str, Any]], row: Row) -> set[str]:
    for one in rows:
        if (one.get("jk"), one.get("cx")) == (row["path"], row["probe"]):
            return set(json.loads(one["nr"]))
    return set()


def _mounted_by(told: Parsed, document: Document) -> Iterator[Fault]:
    posts = Posts(told, document)
    for place, one in enumerate(document.data.get("upstreams", [])):
        if kinds := one.get("kinds"):
            yield from posts.mounted(kinds, "upstreams", place, "kinds")
