"""The worker opens a sample: it collects the file and does what three people do."""

from collections.abc import Mapping
from typing import Any

from diebian.base.lake.public import collect, lake_table
from diebian.security.identity.public import actor_by_username
from diebian.standards.metadata import UpdateCycle

from .actions import agree, propose, publish
from .columns import How, OpenColumn
from .facts import DatasetFacts
from .models import Dataset

Told = Mapping[str, Any]


def open_one(told: Told) -> Dataset | None:
    """Collects the file and does what three people do. None where it was done before."""
    table = lake_table(told["slug"])
    if Dataset.objects.filter(collection=table.key).exists():
        return None
    if table.collected_at is None:
        collect(told["slug"])
    made = propose(
        collection=told["slug"], facts=_facts(told), by=actor_by_username(told["proposed_by"])
    )
    agree(dataset_id=made.public_id, by=actor_by_username(told["agreed_by"]))
    return publish(dataset_id=made.public_id, by=actor_by_username(told["published_by"]))


def _facts(told: Told) -> DatasetFacts:
    columns = [
        OpenColumn(
            name=one["name"],
            title=one.get("title", one["name"]),
            meaning=one.get("meaning", ""),
            how=How(one.get("how", How.AS_IS)),
            width=one.get("width", 0),
            is_quasi=one.get("quasi", False),
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
