"""Which bases are behind what they are made from. From the book alone: the lake stays shut."""

from diebian.base.lake.public import last_snapshot

from .models import OPEN, Base, Build, BuildState, Decision
from .plan import plan_of


def due_slugs() -> list[str]:
    """Those of which every source is collected and something is newer than the last try."""
    return [base.slug for base in Base.objects.order_by("slug") if _is_due(base)]


def fed_by(slugs: list[str]) -> bool:
    """Whether a base has one of these collections as a source."""
    return Base.objects.filter(versions__sources__slug__in=slugs).exists()


def _is_due(base: Base) -> bool:
    version = base.versions.latest("number")
    now = {slug: last_snapshot(slug) for slug in plan_of(version.plan).tables}
    if None in now.values():
        return False
    last = Build.objects.filter(base=base).order_by("-number").first()
    if last is None:
        return True
    if last.state in [*OPEN, BuildState.STOPPED]:  # stopped by a person: a person starts it
        return False
    was = {slug: told["snapshot"] for slug, told in last.sources.items()}
    if was != now or last.version_id != version.pk:
        return True
    news = Decision.objects.filter(base=base)
    since = last.asked_at
    return news.filter(decided_at__gt=since).exists() or news.filter(revoked_at__gt=since).exists()
