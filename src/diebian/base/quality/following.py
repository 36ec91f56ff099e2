"""After a collection its table is checked: the worker does it, the collection does not wait."""

from collections.abc import Sequence

from diebian.base.lake.public import Follower

from . import selectors


def _collected(slugs: Sequence[str]) -> None:
    having = selectors.having_rules(slugs)
    if having:
        from .jobs import check_now

        check_now.defer(slugs=having)


FOLLOWER = Follower(slug="quality", collected=_collected)
