"""An item that names a 数据元 says that it is one: of its type, no longer than it."""

from collections.abc import Iterator, Mapping, Sequence

from diebian.base.elements.public import DataElement, elements_named

from .facts import ItemFacts
from .refusals import ElementDiffers


def refuse_disagreeing(items: Sequence[ItemFacts]) -> None:
    """Raises `ElementDiffers` with a sentence for each item that does not agree."""
    if faults := list(element_faults(items)):
        raise ElementDiffers("；".join(faults), fields={"items": faults})


def element_faults(items: Sequence[ItemFacts]) -> Iterator[str]:
    """Asked once for all of them, and not at all where none names one."""
    known = elements_named(item.element for item in items)
    for item in items:
        if sentence := element_fault(item, known):
            yield f"“{item.name}”：{sentence}"


def element_fault(item: ItemFacts, known: Mapping[str, DataElement]) -> str:
    """Empty where it names none, or agrees with the one that it names."""
    if not item.element:
        return ""
    if item.element not in known:
        return f"没有标准数据元 {item.element}"
    named = known[item.element]
    if named.is_retired:
        return f"数据元 {item.element} 已退役，请换一个，或不写"
    return named.differs_from_item(item.type, item.length)
