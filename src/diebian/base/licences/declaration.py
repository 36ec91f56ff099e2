"""A declaration as text that a person edits: in the order in which one writes it."""

from collections.abc import Mapping
from typing import Any

import yaml

ORDER = (
    "slug", "title", "table", "type", "from", "codes", "number", "holder_number", "holder_name",
    "issued", "until", "endless", "status", "identifier", "fields",
)  # fmt: skip
WIDTH = 100


def text_of(plan: Mapping[str, Any]) -> str:
    """Stored, the order of keys is lost: read again this text is the same plan."""
    told = {"tables": [_ordered(plan)]}
    return yaml.safe_dump(
        told, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None
    )


def _ordered(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    places = {name: place for place, name in enumerate(ORDER)}
    keys = sorted(told, key=lambda key: places.get(key, len(ORDER)))
    return {key: _ordered(told[key]) for key in keys}
