"""The other departments' leave, as their share requests stand at this moment."""

from diebian.base.exchange.public import Share, shares

from .models import Comparison


def is_agreed(one: Comparison) -> bool:
    """Whether every other department whose table it is agrees at this moment."""
    return all(share.is_in_force for share in _asked(one))


def is_over(one: Comparison) -> bool:
    """Whether the leave will not come back: refused, expired or revoked, and not renewed."""
    return any(share.is_over for share in _asked(one))


def _asked(one: Comparison) -> list[Share]:
    asked = [key for key in (one.left_request_id, one.right_request_id) if key is not None]
    return list(shares(asked).values())
