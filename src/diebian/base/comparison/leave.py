"""The other departments' leave, as their share requests stand at this moment."""

from diebian.base.exchange.public import share

from .models import Comparison


def is_agreed(one: Comparison) -> bool:
    """Whether every other department whose table it is agrees at this moment."""
    asked = [one.left_request_id, one.right_request_id]
    return all(share(request).is_in_force for request in asked if request is not None)


def is_over(one: Comparison) -> bool:
    """Whether the leave will not come back: refused, expired or revoked, and not renewed."""
    asked = [one.left_request_id, one.right_request_id]
    return any(share(request).is_over for request in asked if request is not None)
