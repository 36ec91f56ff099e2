"""What was deployed. A version never changes, so each process reads a file once."""

from datetime import datetime
from functools import lru_cache

from .drawing import Drawing
from .models import Language, Version
from .reading import read
from .refusals import NotDeployed

KEPT = 1000  # drawings in memory: the city's themes and items, and some old versions of them


def newest(key: str, *, language: str = Language.BPMN, before: datetime | None = None) -> Version:
    """The newest version, or the one that was it then; without its file. Raises `NotDeployed`."""
    rows = Version.objects.filter(language=language, key=key).defer("file")
    if before is not None:
        rows = rows.filter(deployed_at__lte=before)
    found = rows.order_by("-number").first()
    if found is None:
        raise NotDeployed(key)
    return found


@lru_cache(maxsize=KEPT)
def drawing_of(version_id: int) -> Drawing:
    return read(bytes(Version.objects.only("file").get(pk=version_id).file))
