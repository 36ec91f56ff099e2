"""使用 that no gateway sees: a delivery of a table, a download. In the same book as the calls."""

from datetime import datetime

from diebian.base.exchange.grants.terms import GrantTerms

from .models import ANSWERED, DELIVERY, Call


def count_use(
    *, terms: GrantTerms, kind: int, number: int, at: datetime, milliseconds: int, flag: str
) -> None:
    """Once for each `kind` and `number` of the deliverer's own books, however often it is told."""
    Call.objects.get_or_create(
        instance=DELIVERY,
        inode=kind,
        offset=number,
        defaults={
            "at": at,
            "request_id": f"{flag.lower()}-{number}",
            "route": terms.resource,
            "system": terms.system,
            "status": ANSWERED,
            "flags": flag,
            "milliseconds": milliseconds,
        },
    )
