"""The catalogue's entry behind a table of the lake."""

from typing import Any

from diebian.base.lake.public import LakeTable
from diebian.kernel.errors import NotFound

from .models import Dataset


def entry_behind(table: LakeTable) -> Any:
    """The catalogue's row, by the way of the collection; none where nobody linked the two."""
    entry = Dataset(collection_id=table.number).collection.entry
    if entry is None:
        raise NotFound(f"collection {table.slug} has no entry")
    return entry
