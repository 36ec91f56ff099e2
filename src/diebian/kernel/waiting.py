"""What waits for an actor at several places, in one question to the database."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from .worded import Told, Worded, counts_worded

MOST_WORDED = 1000  # sets of posts are few; a test's own places are not

# Of whoever looks. What else depends on the actor must follow from the posts alone.
KEY, DEPARTMENT = Told("key"), Told("department")

Waits = Callable[[Sequence[str]], Sequence[QuerySet[Any, Any]]]


def waiting(places: Sequence[Waits], actor: Any) -> Sequence[int]:
    """`actor` is the acting `Actor`, a word that this layer does not know."""
    if not places:
        return ()
    question = _question(tuple(places), actor.posts)
    return question.rows(key=actor.key, department=actor.department)[0]


@lru_cache(MOST_WORDED)
def _question(places: Sequence[Waits], posts: Sequence[str]) -> Worded:
    return counts_worded(waits(posts) for waits in places)
