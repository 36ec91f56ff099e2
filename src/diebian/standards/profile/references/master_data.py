"""Bases of the city: declared by officials in their posts; their parts fit each other."""

from collections.abc import Iterator

from diebian.standards.profile.faults import Fault
from diebian.standards.profile.master_data import FILE, bases_faults
from diebian.standards.profile.parsed import Parsed

from .posts import in_post, officials_of


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    yield from bases_faults(document)
    officials = officials_of(told)
    for place, one in enumerate(document.data["bases"]):
        at = ("bases", place)
        if "declared_by" not in one:
            yield document.fault("缺少 declared_by：哪位主管部门的工作人员声明", *at)
            continue
        where = (*at, "declared_by")
        yield from in_post(document, officials, one["declared_by"], "data_authority", "", where)
    yield from _tables(told)


def _tables(told: Parsed) -> Iterator[Fault]:
    """Sources are collections of the journey, or tables that are opened as samples."""
    document, journey = told.document(FILE), told.document("journey.yaml")
    if document is None or journey is None:
        return
    known = {one["slug"] for one in journey.data.get("collections", [])}
    opened = told.document("open_data.yaml")
    known |= {one["slug"] for one in opened.data["datasets"]} if opened else set()
    for place, one in enumerate(document.data["bases"]):
        for inner, source in enumerate(one["sources"]):
            if source["table"] not in known:
                at = ("bases", place, "sources", inner, "table")
                yield document.fault(f"journey.yaml 的 collections 里没有 {source['table']}", *at)
