"""Which types of licences the city has, and which of them are collected."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from .models import LicenceTable, LicenceType


@dataclass(frozen=True)
class TypeLine:
    """`is_collected`: licences of it stand in a table of which a reading is registered."""

    code: str
    name: str
    issuer: str  # credit code
    issuer_name: str
    is_collected: bool
    mark: str


def types_coded(codes: Collection[str]) -> dict[str, TypeLine]:
    """By the city's code; one that is no more in its list is not told."""
    registered = LicenceTable.objects.filter(types=OuterRef("pk")).exclude(registered_at=None)
    rows = LicenceType.objects.filter(code__in=codes, retired_on=None)
    return {
        row.code: TypeLine(
            code=row.code,
            name=row.name,
            issuer=row.issuer.credit_code,
            issuer_name=row.issuer.name,
            is_collected=row.is_registered,
            mark=row.mark,
        )
        for row in rows.select_related("issuer").annotate(is_registered=Exists(registered))
    }
