"""A declaration as text that a person edits: in the order in which one writes it, short lines."""

from collections.abc import Mapping
from typing import Any

import yaml

ORDER = (
    "slug", "name", "table", "column", "identifier", "title", "subject", "purpose", "legal_basis",
    "seen_by", "kept", "months", "why", "kind", "rule", "order", "event", "personal", "dated_by",
    "from", "codes", "columns", "sources", "matching", "blocks", "fields", "m", "u", "near",
    "upper", "lower",
)  # fmt: skip
WIDTH = 100
PLACES = {name: place for place, name in enumerate(ORDER)}


def text_of(plan: Mapping[str, Any]) -> str:
    """Stored, the order of keys is lost: read again this text is the same plan."""
    told = {"bases": [_ordered(plan)]}
    return yaml.safe_dump(
        told, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None
    )


def _ordered(told: Any) -> Any:
    if isinstance(told, list):
        return [_ordered(one) for one in told]
    if isinstance(told, dict):
        keys = sorted(told, key=lambda key: PLACES.get(key, len(ORDER)))
        return {key: _ordered(told[key]) for key in keys}
    return told
