"""A city's sample data, opened by the people who open it: each act is theirs, none is written in.

`prepare` puts the sample files where departments put theirs; the worker collects them and then
acts, step by step, as the data manager, the head and the authority.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from diebian.base.catalogue.public import entry_id
from diebian.base.lake.public import (
    SourceKind,
    define_collection,
    incoming_folder,
    is_collection,
    register_source,
)
from diebian.security.identity.public import actor_by_username

from .jobs import open_samples_now

FILE = "open_data.yaml"
Told = Mapping[str, Any]


def open_samples(told: Told) -> Iterator[str]:
    """`told`: the city's `open_data.yaml`. Running it again changes nothing."""
    new = [one for one in told.get("datasets", []) if not is_collection(one["slug"])]
    for one in new:
        _define(one)
        yield f"开放数据（样例，由工作进程归集后开放）：{one['title']}"
    if new:
        open_samples_now.defer(told=[{**one, "rows": ""} for one in new])


@transaction.atomic
def _define(told: Told) -> None:
    manager, source = actor_by_username(told["proposed_by"]), told["source"]
    folder = incoming_folder(source["slug"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / told["file"]).write_text(told["rows"], encoding="utf-8")
    register_source(
        slug=source["slug"],
        title=source["title"],
        department=manager.department,
        kind=SourceKind.FILE,
        address={},
        is_sample=True,
        by=manager,
    )
    define_collection(
        slug=told["slug"],
        title=told["title"],
        source=source["slug"],
        table=told["file"],
        key=told["key"],
        types=told.get("types", {}),
        entry=entry_id(provider=manager.department, title=told["entry"]),
        by=manager,
    )
