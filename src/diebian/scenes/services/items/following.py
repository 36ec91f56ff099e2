"""What follows when items say something else: rooms above put themselves on this shelf."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Follower:
    """`follow` is called in the transaction of the change, with the items' codes."""

    slug: str
    follow: Callable[[Collection[str]], None]


followers = Registry[Follower]("what follows when items change")


def tell_followers(codes: Collection[str]) -> None:
    if codes:
        for one in followers:
            one.follow(codes)
