"""The book of what a definition said: each change is a line in it."""

from collections.abc import Mapping
from typing import Any

from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .definition import definition_of
from .models import Collection, Version


def keep_version(
    one: Collection, before: Mapping[str, Any], *, why: str, by: Actor, is_whole: bool
) -> Version:
    """Counts the version up; whoever calls saves the collection."""
    one.version += 1
    return Version.objects.create(
        collection=one,
        number=one.version,
        before=dict(before),
        after=definition_of(one),
        why=why.strip()[:300],
        by_key=by.key,
        by_name=by.name,
        at=clock.now(),
        is_whole=is_whole,
    )
