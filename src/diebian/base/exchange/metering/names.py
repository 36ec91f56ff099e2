"""What routes and systems of the book are called where people read of them."""

from diebian.base.exchange.grants.models import ShareRequest
from diebian.security.identity.public import system_names


def titles() -> dict[str, str]:
    rows = ShareRequest.objects.values_list("resource__slug", "resource__title")
    return dict(rows.distinct())


def callers() -> dict[str, str]:
    """A department of its own name where it has no system: it was delivered to."""
    rows = ShareRequest.objects.values_list("consumer__credit_code", "consumer__name")
    return {**dict(rows.distinct()), **system_names()}


def providers() -> dict[str, tuple[str, str]]:
    """By resource: credit code and name of the department."""
    of = "resource__entry__provider__"
    rows = ShareRequest.objects.values_list("resource__slug", f"{of}credit_code", f"{of}name")
    return {slug: (code, name) for slug, code, name in rows.distinct()}
