"""Halls: in places and departments that there are, with windows for kinds that are named."""

from collections.abc import Iterator, Mapping
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.halls import FILE
from diebian.standards.profile.parsed import Parsed

COUNTY_DIGITS = 6


def faults(told: Parsed) -> Iterator[Fault]:
    document = told.document(FILE)
    if document is None:
        return
    kinds = [one["code"] for one in document.data["kinds"]]
    yield from _twice(document, "kinds", kinds)
    yield from _twice(document, "kinds", [one["letter"] for one in document.data["kinds"]])
    yield from _twice(document, "halls", [one["code"] for one in document.data["halls"]])
    organisations = told.codes("organisations.csv")
    places = {code[:COUNTY_DIGITS] for code in told.codes("divisions.csv") or {}}
    for place, hall in enumerate(document.data["halls"]):
        if organisations is not None and hall["organisation"] not in organisations:
            sentence = f"organisations.csv 里没有 {hall['organisation']}"
            yield document.fault(sentence, "halls", place, "organisation")
        if hall.get("county") and places and hall["county"] not in places:
            sentence = f"divisions.csv 里没有 {hall['county']}"
            yield document.fault(sentence, "halls", place, "county")
        yield from _hours(document, hall, place)
        yield from _windows(document, hall, place, kinds)


def _twice(document: Document, part: str, told: list[str]) -> Iterator[Fault]:
    for place, one in enumerate(told):
        if one in told[:place]:
            yield document.fault(f"{one} 写了两次", part, place)


def _hours(document: Document, hall: Mapping[str, Any], place: int) -> Iterator[Fault]:
    """One after the other: what is open twice at once would give places twice."""
    moments = [moment for one in hall["hours"] for moment in one.split("-")]
    if moments != sorted(set(moments)):
        yield document.fault("时间段要从早到晚，不能重叠", "halls", place, "hours")


def _windows(
    document: Document, hall: Mapping[str, Any], place: int, kinds: list[str]
) -> Iterator[Fault]:
    numbers = [one["number"] for one in hall["windows"]]
    for number, one in enumerate(hall["windows"]):
        at = ("halls", place, "windows", number)
        if one["number"] in numbers[:number]:
            yield document.fault(f"{one['number']} 号窗口写了两次", *at)
        if unknown := [kind for kind in one["kinds"] if kind not in kinds]:
            yield document.fault(f"kinds 里没有 {'、'.join(unknown)}", *at)
