"""After a collection the bases that it feeds are built: the worker does it."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from diebian.base.lake.public import Follower

from .due import fed_by


def _collected(slugs: Sequence[str]) -> None:
    if fed_by(list(slugs)):
        from .jobs import build_due

        with suppress(AlreadyEnqueued), transaction.atomic():  # it will see these tables, too
            build_due.defer()


FOLLOWER = Follower(slug="masterdata", collected=_collected)
