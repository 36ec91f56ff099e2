"""The worker opens a sample: it collects the file and does what three people do."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.base.catalogue.public import entry_id
from diebian.base.lake.public import (
    SourceKind,
    collect,
    define_collection,
    is_collection,
    lake_table,
    register_source,
)
from diebian.security.identity.public import actor_by_username
from diebian.standards.metadata import UpdateCycle

from .actions import agree, propose, publish
from .columns import How, OpenColumn
from .facts import DatasetFacts
from .models import Dataset

Told = Mapping[str, Any]


def open_one(told: Told) -> Dataset | None:
    """Collects the file and does what three people do. None where it was done before."""
    if not is_collection(told["slug"]):
        _define(told)
    table = lake_table(told["slug"])
    if Dataset.objects.filter(collection=table.number).exists():
        return None
    if table.collected_at is None:
        collect(told["slug"])
    made = propose(
        collection=told["slug"], facts=_facts(told), by=actor_by_username(told["proposed_by"])
    )
    agree(dataset_id=made.public_id, by=actor_by_username(told["agreed_by"]))
    return publish(dataset_id=made.public_id, by=actor_by_username(told["published_by"]))


@transaction.atomic
def _define(told: Told) -> None:
    manager, source = actor_by_username(told["proposed_by"]), told["source"]
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


def _facts(told: Told) -> DatasetFacts:
    columns = [
        OpenColumn(
            name=one["name"],
            title=one.get("title", one["name"]),
            meaning=one.get("meaning", ""),
            how=How(one.get("how", How.AS_IS)),
            width=one.get("width", 0),
            is_quasi=one.get("quasi", False),
            is_summed=one.get("sum", False),
        )
        for one in told["columns"]
    ]
    return DatasetFacts(
        title=told["title"],
        summary=told["summary"],
        licence=told["licence"],
        columns=columns,
        update_cycle=UpdateCycle(told["update_cycle"]),
        about_people=told["about_people"],
        leave_out_small=told.get("leave_out_small", False),
    )
