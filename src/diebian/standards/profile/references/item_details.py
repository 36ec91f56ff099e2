"""Details of items: of items that there are, papers that they ask, questions asked before."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.item_details import FILE
from diebian.standards.profile.parsed import Parsed

Steps = tuple[str | int, ...]


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    rows = told.codes("service_items.csv") or {}
    seen: set[str] = set()
    for place, item in enumerate(document.data["items"]):
        at: Steps = ("items", place)
        row = rows.get(item["code"])
        if row is None:
            yield document.fault(f"service_items.csv 里没有 {item['code']}", *at, "code")
            continue
        if item["code"] in seen:
            yield document.fault(f"{item['code']} 写了两次", *at, "code")
        seen.add(item["code"])
        asked = set(row["materials"].split(";"))
        for number, one in enumerate(item.get("materials", [])):
            if one["material"] not in asked:
                sentence = f"{item['code']} 在 service_items.csv 里不要 {one['material']}"
                yield document.fault(sentence, *at, "materials", number)
        yield from _questions(document, item, at)


def _questions(document: Document, item: Mapping[str, Any], at: Steps) -> Iterator[Fault]:
    """Only what stands before it can be referred to, so no question waits for itself."""
    known: dict[str, Sequence[str]] = {}
    for number, one in enumerate(item.get("situations", [])):
        yield from _unknown(document, one, known, (*at, "situations", number))
        if one["slug"] in known:
            yield document.fault(f"情形“{one['slug']}”写了两次", *at, "situations", number)
        known[one["slug"]] = one["choices"]
    charging = item.get("charging", {})
    parts: dict[Steps, Sequence[Mapping[str, Any]]] = {
        ("materials",): item.get("materials", []),
        ("fields",): item.get("fields", []),
        ("charging", "charges"): charging.get("charges", []),
        ("charging", "reductions"): charging.get("reductions", []),
    }
    for steps, listed in parts.items():
        for number, one in enumerate(listed):
            yield from _unknown(document, one, known, (*at, *steps, number))


def _unknown(
    document: Document, one: Mapping[str, Any], known: Mapping[str, Sequence[str]], at: Steps
) -> Iterator[Fault]:
    for slug, values in one.get("when", {}).items():
        if slug not in known:
            yield document.fault(f"前面没有情形“{slug}”", *at)
        elif wrong := [value for value in values if value not in known[slug]]:
            yield document.fault(f"情形“{slug}”没有选项“{'”“'.join(wrong)}”", *at)
