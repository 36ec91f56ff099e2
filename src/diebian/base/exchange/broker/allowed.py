"""What of a department's answer the grant lets through: rows, columns, and how much of a value."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from diebian.base.exchange.adapters.formats import Row
from diebian.standards.masking import masked


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
    return [
        {column: masked(row[column]) if column in hidden else row[column] for column in columns}
        for row in of_region(rows, contract, region)
    ]


def of_region(rows: Sequence[Row], contract: Mapping[str, Any], region: str) -> list[Row]:
    where = contract.get("region", "")
    return [row for row in rows if not region or row.get(where, "").startswith(region)]


def matches(rows: Sequence[Row], claims: Mapping[str, str]) -> dict[str, bool]:
    """Each claim by itself: whether any row says the same, in one spelling of width and blanks."""
    return {
        column: any(plain(row[column]) == plain(claimed) for row in rows)
        for column, claimed in claims.items()
    }


def plain(text: str) -> str:
    """Of one width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())
