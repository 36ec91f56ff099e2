"""What of a department's answer the grant lets through: rows, columns, and how much of a value."""

from collections.abc import Mapping, Sequence
from typing import Any

from diebian.standards.masking import masked

from .formats import Row


def allowed(
    rows: Sequence[Row],
    columns: Sequence[str],
    hidden: Sequence[str],
    contract: Mapping[str, Any],
    region: str,
) -> list[Row]:
    """Rows of the region only; of these the granted columns; of those in `hidden` the ends.

    A row that does not say where it belongs is nobody's region and stays out.
    """
    where = contract.get("region", "")
    kept = [row for row in rows if not region or row.get(where, "").startswith(region)]
    return [
        {column: masked(row[column]) if column in hidden else row[column] for column in columns}
        for row in kept
    ]
