"""Whose officials are meant by a side of sharing, and who of them is told."""

from collections.abc import Iterable, Sequence

from diebian.security.identity.public import Post, officials_holding

from .models import ShareRequest

CONSUMER, PROVIDER, ANYWHERE = "consumer", "provider", ""
Place = tuple[Post, str]  # a post, and of which side
USERS: Sequence[Place] = [(Post.APPLICANT, CONSUMER), (Post.DATA_HEAD, CONSUMER)]
KEEPERS = (Post.DATA_MANAGER, Post.DATA_HEAD)


def holding(request: ShareRequest, places: Iterable[Place]) -> list[str]:
    """Keys of those who hold these posts now."""
    sides = {
        CONSUMER: request.consumer.credit_code,
        PROVIDER: request.resource.entry.provider.credit_code,
        ANYWHERE: "",
    }
    return [key for post, of in places for key in officials_holding(post, department=sides[of])]


def users_of(request: ShareRequest) -> list[str]:
    """Whoever asked, and who asks and answers for that department now."""
    return [request.requested_by, *users_now(request.consumer.credit_code)]


def users_now(consumer: str) -> list[str]:
    """Of a department (credit code) that uses data."""
    return [key for post, _ in USERS for key in officials_holding(post, department=consumer)]


def keepers_of(provider: str) -> list[str]:
    """Who can do something about a provider's (credit code) data."""
    return [key for post in KEEPERS for key in officials_holding(post, department=provider)]
