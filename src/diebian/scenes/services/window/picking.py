"""Which item a clerk means, by what was typed or taken from the list."""

from diebian.scenes.services.models import ServiceItem
from diebian.scenes.services.selectors import items_open

from .refusals import ItemUnclear


def item_meant(words: str) -> ServiceItem:
    """By its code, which a line of the list begins with, or by words of one name alone.

    Raises `ItemUnclear`: nothing is guessed where several are called alike.
    """
    told, items = words.strip(), items_open()
    code = told.split(" ", 1)[0]
    for asked in ({"code": code}, {"name": told}, {"name__contains": told}):
        found = list(items.filter(**asked)[:2]) if told else []
        if len(found) == 1:
            return found[0]
    raise ItemUnclear
