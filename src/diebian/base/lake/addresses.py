"""Where another component connects to, by the rules of a source's address."""

from collections.abc import Mapping
from typing import Any

from .models import SourceKind


def postgres_address(address: Mapping[str, Any]) -> dict[str, Any]:
    """A URL without a password, or a sandbox system. Raises `AddressWrong`."""
    from .sources import checked_address

    return checked_address(SourceKind.POSTGRESQL, address)


def postgres_conninfo(address: Mapping[str, Any], secret: str) -> str:
    """With its password: for connecting, never for showing. Raises `SecretMissing`."""
    from .sources import postgres_conninfo as conninfo_of

    return conninfo_of(address, secret)
