"""What people may let others do for them here: every item that is not retired."""

from collections.abc import Iterable

from diebian.base.mandates.public import Matter, Shelf
from diebian.security.identity.public import department_names

from .behalf import matter_of
from .models import ServiceItem
from .selectors import search


def _found(words: str) -> list[Matter]:
    return [matter_of(one) for one in search(words)]


def _of(codes: Iterable[str]) -> list[Matter]:
    rows = ServiceItem.objects.filter(code__in=list(codes), retired_on=None)
    return [matter_of(one) for one in rows.select_related("department")]


def _fields() -> dict[str, str]:
    rows = ServiceItem.objects.filter(retired_on=None)
    return department_names(rows.values_list("department__credit_code", flat=True).distinct())


SHELF = Shelf(slug="services", find=_found, of=_of, fields=_fields)
