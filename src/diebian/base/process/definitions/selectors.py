"""What was deployed. A version never changes, so each process reads a file once."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.db import connection

from .drawing import Drawing
from .models import Language, Version
from .reading import read
from .refusals import NotDeployed
from .services import TaskDrawn, tasks_in

NEWEST = """select id, number from process_version where language = %(language)s and key = %(key)s
and deployed_at <= %(before)s order by number desc limit 1"""
KEPT = 1000  # drawings in memory: the city's themes and items, and some old versions of them


@dataclass(frozen=True)
class Newest:
    pk: int
    number: int


def newest(key: str, *, language: str = Language.BPMN, before: datetime | None = None) -> Newest:
    """The newest version, or the one that was it then. Raises `NotDeployed`."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"language": language, "key": key, "before": before or "infinity"})
        found = cursor.fetchone()
    if found is None:
        raise NotDeployed(key)
    return Newest(*found)


def is_deployed(file: bytes) -> bool:
    """Also where it is not the newest any more."""
    return Version.objects.filter(digest=sha256(file).hexdigest()).exists()


def tasks_of(key: str) -> list[TaskDrawn]:
    """What people do in its newest version. Raises `NotDeployed`."""
    return tasks_in(drawing_of(newest(key).pk))


def deployed_names(family: str) -> dict[str, str]:
    """Of all drawings whose key begins so: key to the name of the newest version."""
    rows = Version.objects.filter(language=Language.BPMN, key__startswith=family)
    return dict(rows.order_by("key", "number").values_list("key", "name"))


@lru_cache(maxsize=KEPT)
def drawing_of(version_id: int) -> Drawing:
    return read(bytes(Version.objects.only("file").get(pk=version_id).file))
