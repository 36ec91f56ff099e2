"""After a collection the licences in it are registered: the worker does it."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from diebian.base.lake.public import Follower

from .models import LicenceTable


def _collected(slugs: Sequence[str]) -> None:
    if LicenceTable.objects.filter(collection__in=slugs).exists():
        from .jobs import register_due

        with suppress(AlreadyEnqueued), transaction.atomic():
            register_due.defer()


FOLLOWER = Follower(slug="licences", collected=_collected)
