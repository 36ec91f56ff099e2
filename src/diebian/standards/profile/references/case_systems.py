"""Systems of departments: items that name them, interfaces that reach them, who calls them."""

from collections.abc import Iterator

from diebian.standards.profile.case_systems import FILE
from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    of_system = {
        row["code"]: row["self_built_system"] for row in told.rows("service_items.csv").rows
    }
    names = [one["name"] for one in document.data["systems"]]
    yield from _follows(told, document)
    for place, one in enumerate(document.data["systems"]):
        yield from _named(told, document, place)
        if one["name"] not in of_system.values():
            yield document.fault(f"没有事项在这个系统里办：{one['name']}", "systems", place, "name")
        if one["name"] in names[:place]:
            yield document.fault(f"{one['name']} 写了两次", "systems", place, "name")
        for inner, code in enumerate(one.get("here", [])):
            if of_system.get(code) != one["name"]:
                yield document.fault(f"不是这个系统的事项：{code}", "systems", place, "here", inner)


def _follows(told: Parsed, document: Document) -> Iterator[Fault]:
    items = told.codes("service_items.csv")
    for place, one in enumerate(document.data.get("follows", [])):
        for end in ("after", "then"):
            if items is not None and one[end] not in items:
                yield document.fault(f"事项不存在：{one[end]}", "follows", place, end)


def _named(told: Parsed, document: Document, place: int) -> Iterator[Fault]:
    mounted = {one["slug"] for one in told.data("journey.yaml").get("resources", [])}
    callers = {one["code"] for one in told.data("people.yaml").get("systems", [])}
    for key, known, says in (
        ("organisation", told.codes("organisations.csv"), "机构不存在"),
        ("caller", callers, "people.yaml 里没有这个系统"),
        ("push", mounted, "journey.yaml 里没有挂载"),
        ("changes", mounted, "journey.yaml 里没有挂载"),
    ):
        named = document.data["systems"][place][key]
        if known is not None and named not in known:
            yield document.fault(f"{says}：{named}", "systems", place, key)
