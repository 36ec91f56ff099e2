"""Which bases are behind what they are made from, or made from what may be read no more.

From the book alone: the lake stays shut.
"""

from diebian.base.lake.public import last_snapshot

from .leave import is_still_given, readable
from .models import OPEN, Base, Build, BuildState, Decision
from .plan import plan_of


def due_slugs() -> list[str]:
    """Those of which all that may be read is collected, and something is newer than the last try
    or a source came or went with its leave.
    """
    rows = Base.objects.select_related("owner").order_by("slug")
    return [base.slug for base in rows if _is_due(base)]


def fed_by(slugs: list[str]) -> bool:
    """Whether a base has one of these collections as a source."""
    return Base.objects.filter(versions__sources__slug__in=slugs).exists()


def _is_due(base: Base) -> bool:
    version = base.versions.latest("number")
    tables = readable(base, plan_of(version.plan))
    now = {one.slug: last_snapshot(one.slug) for one in tables}
    if None in now.values():
        return False
    last = Build.objects.filter(base=base).order_by("-number").first()
    if last is None or last.state in OPEN:
        return last is None and bool(now)
    read = Build.objects.filter(base=base, number=base.built).select_related("version").first()
    if read is not None and not is_still_given(read):  # also where nothing is left to be read
        return True
    if not now or last.state == BuildState.STOPPED:  # by a person: a person starts it
        return False
    was = {slug: told["snapshot"] for slug, told in last.sources.items()}
    return was != now or last.version_id != version.pk or _has_decisions(base, last)


def _has_decisions(base: Base, last: Build) -> bool:
    news = Decision.objects.filter(base=base)
    since = last.asked_at
    return news.filter(decided_at__gt=since).exists() or news.filter(revoked_at__gt=since).exists()
