"""Which types of licences the city has, and which of them are collected."""

from collections.abc import Collection
from dataclasses import dataclass

from .models import LicenceType


@dataclass(frozen=True)
class TypeLine:
    code: str
    name: str
    issuer: str  # credit code
    issuer_name: str
    is_collected: bool
    mark: str


def types_coded(codes: Collection[str]) -> dict[str, TypeLine]:
    """By the city's code; one that is no more in its list is not told."""
    rows = LicenceType.objects.filter(code__in=codes, retired_on=None).select_related("issuer")
    return {
        row.code: TypeLine(
            code=row.code,
            name=row.name,
            issuer=row.issuer.credit_code,
            issuer_name=row.issuer.name,
            is_collected=row.is_collected,
            mark=row.mark,
        )
        for row in rows
    }
