"""Which element a column may hold, by what it is called. A guess, for a person to take or leave."""

from collections.abc import Iterable

from .facts import DataElement
from .models import Element, State
from .selectors import data_element


def elements_meant(names: Iterable[str]) -> dict[str, DataElement]:
    """For each name, in small letters or not: the standard element of that name, else one that is
    also called so, else one with these first letters (zch: 注册号). All are read: a register has
    hundreds.
    """
    called: list[dict[str, DataElement]] = [{}, {}, {}]
    for row in Element.objects.filter(state=State.STANDARD).order_by("identifier"):
        told = data_element(row)
        for found, words in zip(
            called, ([row.name], row.aliases, row.initials.split()), strict=True
        ):
            for word in words:
                found.setdefault(word.lower(), told)
    by_name, by_alias, by_letters = called
    meant = {**by_letters, **by_alias, **by_name}
    return {name: meant[name.lower()] for name in names if name.lower() in meant}
