from uuid import UUID

from django.db.models import Q, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from . import policy
from .models import Paper


def papers_of(by: Actor) -> QuerySet[Paper]:
    """What this one has given and not taken out, the newest first, each with its uses."""
    rows = Paper.objects.filter(owner_key=by.key, removed_at=None)
    return rows.prefetch_related("uses").order_by("-given_at", "-pk")


def offered(owner_key: str, kind: str) -> QuerySet[Paper]:
    """Of this kind, what its owner lets be used again, and what is still valid."""
    rows = Paper.objects.filter(owner_key=owner_key, kind=kind, removed_at=None)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=clock.today()))
    return rows.exclude(agreed_at=None).order_by("-given_at", "-pk")


def own_paper(by: Actor, paper_id: UUID) -> Paper:
    """The owner's; for others it does not exist here. In a case, the case says who may look."""
    paper = Paper.objects.filter(public_id=paper_id).first()
    if paper is None or not policy.is_owner(by, paper):
        raise NotFound
    return paper
