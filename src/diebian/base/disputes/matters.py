"""What can be disputed. The components above register it: the disputes know none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from diebian.kernel.errors import NotFound
from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor


@dataclass(frozen=True)
class Matter:
    """One answer that somebody does not accept. Departments are credit codes."""

    title: str
    answer: str  # what was answered, with its reasons
    asking: str  # empty where a person asks
    provider: str
    link: str  # the page on which it stands


@dataclass(frozen=True)
class Disputable:
    """`find` says what this actor may dispute, or refuses: NotFound, Refused, NotInDispute.

    `overturn` makes the answer another one, in the transaction of the decision: key of the matter,
    the ruling in words, who acts (the platform). `is_carried_out`: whether what the decision asks
    has come about; what `overturn` does by itself has.
    """

    slug: str
    title: str
    follows: str  # in words: what happens when the answer is changed
    find: Callable[[str, Actor], Matter]
    overturn: Callable[[str, str, Actor], None]
    is_carried_out: Callable[[str], bool] = lambda _: True


def uuid_of(about: str) -> UUID:
    """Of a matter whose key is one; another key is nothing of ours."""
    try:
        return UUID(about)
    except ValueError as error:
        raise NotFound from error


disputables: Registry[Disputable] = Registry("disputable")
