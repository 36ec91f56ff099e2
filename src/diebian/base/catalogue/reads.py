"""Which column of a resource stands for which column of a collected table.

A table's own resource says it, and so does an interface whose contract names the table it reads
(`reads`). Of another interface behind the same entry it is taken for so where the department's
field has the column's name: that is a guess, and told as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .resources import ResourceLine


@dataclass(frozen=True)
class ReadColumn:
    ours: str
    is_declared: bool


def read_columns(
    resource: ResourceLine, table: str, columns: Iterable[str]
) -> dict[str, ReadColumn]:
    """By the table's columns (their case counts for nothing); `table`: the collection's slug."""
    reads = resource.contract.get("reads")
    if reads is not None and reads["table"] != table:
        return {}
    own = resource.contract.get("collection")
    if own is not None and own != table:
        return {}
    told: Mapping[str, str] = reads["columns"] if reads else resource.contract["fields"]
    is_declared = reads is not None or own is not None
    ours = {theirs.lower(): name for name, theirs in told.items()}
    return {one: ReadColumn(ours[one.lower()], is_declared) for one in columns
            if one.lower() in ours}  # fmt: skip
