"""数据元: each defined once, its parts fitting; whoever names one, names one that there is."""

from collections.abc import Iterator

from diebian.standards.elements import element_faults
from diebian.standards.metadata import ItemType
from diebian.standards.profile.documents import Document
from diebian.standards.profile.elements import FILE
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

TYPES = {label: ItemType(value) for value, label in ItemType.choices}
AT = 7  # the place of the identifier in a line of an item, counted from nought


def faults(told: Parsed) -> Iterator[Fault]:
    document, journey = told.document(FILE), told.document("journey.yaml")
    known = {one["identifier"] for one in document.data["elements"]} if document else set()
    if document is not None:
        yield from _doubled(document)
        yield from _unfit(document)
        yield from _tables(document, known)
    if journey is not None:
        yield from _items(journey, known)


def _doubled(document: Document) -> Iterator[Fault]:
    for part, words in (("identifier", "标识符"), ("name", "名称")):
        seen: set[str] = set()
        for place, one in enumerate(document.data["elements"]):
            if one[part] in seen:
                sentence = f"{words}“{one[part]}”写了两次"
                yield document.fault(sentence, "elements", place, part)
            seen.add(one[part])


def _unfit(document: Document) -> Iterator[Fault]:
    for place, one in enumerate(document.data["elements"]):
        wrong = element_faults(
            type_=TYPES[one["type"]],
            written=one["format"],
            check=one.get("check", ""),
            codes=one.get("codes", {}),
        )
        for sentence in wrong:
            yield document.fault(f"{one['identifier']}：{sentence}", "elements", place)


def _tables(document: Document, known: set[str]) -> Iterator[Fault]:
    for place, one in enumerate(document.data.get("tables", [])):
        for column, identifier in one["columns"].items():
            if identifier not in known:
                at = ("tables", place, "columns", column)
                yield document.fault(f"上面没有数据元 {identifier}", *at)


def _items(journey: Document, known: set[str]) -> Iterator[Fault]:
    for place, one in enumerate(journey.data.get("resources", [])):
        for line in one.get("items", "").splitlines():
            parts = [part.strip() for part in line.split("|")]
            if len(parts) > AT and parts[AT] and parts[AT] not in known:
                at = ("resources", place, "items")
                yield journey.fault(f"{FILE} 里没有数据元 {parts[AT]}", *at)
