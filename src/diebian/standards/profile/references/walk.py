"""Whom the demo plays: they exist, hold the posts, and what they type fits the form."""

from collections.abc import Iterator
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

from .posts import in_post, officials_of

MOST_TEXT = 200


def faults(told: Parsed) -> Iterator[Fault]:
    document, people = told.document("journey.yaml"), told.document("people.yaml")
    if document is None or people is None or "walk" not in document.data:
        return
    walk = document.data["walk"]
    persons = {one["username"] for one in people.data["persons"]}
    for key in ("person", "stranger"):
        if walk[key] not in persons:
            yield document.fault(f"people.yaml 里没有这个人：{walk[key]}", "walk", key)
    if walk["person"] == walk["stranger"]:
        yield document.fault("stranger 应是另一个人", "walk", "stranger")
    systems = told.data("sandbox.yaml")
    falls = walk["falls_over"].removeprefix("sandbox-")
    if systems and falls not in systems:
        yield document.fault(f"sandbox.yaml 里没有这个系统：{falls}", "walk", "falls_over")
    officials = officials_of(told)
    items = document.data["items"]
    if not items or walk["search"] not in items[0]["synonyms"]:
        yield document.fault(f"第一个事项没有“{walk['search']}”这个叫法", "walk", "search")
        return
    item = items[0]
    row = (told.codes("service_items.csv") or {}).get(item["code"], {})
    for key, post, office in (
        ("reviewer", "reviewer", row.get("org_code", "")),
        ("watcher", "duty_officer", ""),
    ):
        yield from in_post(document, officials, walk[key], post, office, ("walk", key))
    yield from _typed(document, item, walk["form"])


def _typed(document: Document, item: dict[str, Any], typed: dict[str, str]) -> Iterator[Fault]:
    fields = {one["name"]: one for one in item["form"]}
    if set(fields) != set(typed):
        yield document.fault(f"应填 {'、'.join(fields) or '空'}", "walk", "form")
    for name in sorted(set(fields) & set(typed)):
        if not _fits(fields[name], typed[name]):
            yield document.fault(f"{name} 填得不对：{typed[name]}", "walk", "form", name)


def _fits(field: dict[str, Any], text: str) -> bool:
    if field["kind"] == "digits":
        return text.isascii() and text.isdigit() and len(text) == field["length"]
    if field["kind"] == "money":
        whole, _, cents = text.partition(".")
        return f"{whole}{cents}".isdecimal() and len(cents) <= 2 and float(text) > 0  # noqa: PLR2004
    return 0 < len(text.strip()) <= MOST_TEXT
