"""All open data in turn: new releases where something was collected, old files away."""

import time
from itertools import chain

from .models import Dataset, State
from .releasing import release
from .shelf import keep_only

KEPT_RELEASES = 2  # whoever is paging through the last one can go on
GRACE_SECONDS = 3600.0


def refresh_all() -> int:
    rows = Dataset.objects.filter(state=State.PUBLISHED).order_by("pk")
    made = [release(key) for key in rows.values_list("public_id", flat=True)]
    return sum(one is not None for one in made)


def tidy(*, grace: float = GRACE_SECONDS) -> int:
    """Files of what is withdrawn, and of releases before the last two, leave the shelf."""
    if not Dataset.objects.exists():
        return 0
    needed = chain.from_iterable(
        (
            file["digest"]
            for files in row.releases.values_list("files", flat=True)[:KEPT_RELEASES]
            for file in files.values()
        )
        for row in Dataset.objects.filter(state=State.PUBLISHED)
    )
    return keep_only(needed, older_than=time.time() - grace)
