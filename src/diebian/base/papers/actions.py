"""Giving a paper, letting it be used again, taking that back. Every change leaves its trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import keeping, policy, selectors
from .inspecting import inspected
from .models import Paper, Use
from .refusals import NotAgreed


@dataclass(frozen=True)
class Slot:
    """What a paper is given for: what it is wanted as, in which case, by whom it is owned.

    `kind`: what it is for the machine, so that the same is found again; `title`: for people.
    """

    kind: str
    title: str
    owner_key: str
    case_no: str
    case_title: str


def give(
    *,
    slot: Slot,
    name: str,
    content: bytes,
    valid_until: date | None = None,
    is_agreed: bool = False,
    by: Actor,
) -> Paper:
    """Looked at, made harmless and kept. Whether `by` may give it for this case the caller has
    checked. `is_agreed`: may be used again; counts where the owner says so, from nobody else.

    Raises a `PaperRefused`.
    """
    kept = inspected(name, content)
    digest = keeping.keep(kept.content)
    return _given(slot, kept.name, kept.media, len(kept.content), digest, valid_until,
                  is_agreed=is_agreed and policy.may_agree(by, slot.owner_key), by=by)  # fmt: skip


@transaction.atomic
def _given(
    slot: Slot,
    name: str,
    media: str,
    size: int,
    digest: str,
    valid_until: date | None,
    *,
    is_agreed: bool,
    by: Actor,
) -> Paper:
    now = clock.now()
    paper = Paper.objects.create(
        owner_key=slot.owner_key,
        kind=slot.kind,
        title=slot.title,
        file_name=name,
        media=media,
        size=size,
        digest=digest,
        given_at=now,
        given_by_name=by.name,
        valid_until=valid_until,
        agreed_at=now if is_agreed else None,
    )
    Use.objects.create(paper=paper, case_no=slot.case_no, title=slot.case_title, at=now)
    audit.record(by=by, action="papers.given", subject=paper.audit_subject)
    return paper


@transaction.atomic
def use_again(*, paper_id: UUID, slot: Slot, by: Actor) -> Paper:
    """In another case, by the owner's tick there. Raises `NotAgreed` for what is not offered."""
    paper = selectors.offered(slot.owner_key, slot.kind).filter(public_id=paper_id).first()
    if paper is None:
        raise NotAgreed
    told = {"title": slot.case_title, "at": clock.now()}
    Use.objects.get_or_create(paper=paper, case_no=slot.case_no, defaults=told)
    audit.record(by=by, action="papers.used_again", subject=paper.audit_subject)
    return paper


@transaction.atomic
def use_also(*, paper: Paper, slot: Slot, by: Actor) -> None:
    """In one more case of what it was given for: several departments of one application want it.
    That it is the same application the caller has checked.
    """
    told = {"title": slot.case_title, "at": clock.now()}
    Use.objects.get_or_create(paper=paper, case_no=slot.case_no, defaults=told)
    audit.record(by=by, action="papers.used_also", subject=paper.audit_subject)


@transaction.atomic
def agree(*, paper_id: UUID, by: Actor) -> None:
    paper = _own(paper_id, by)
    if paper.agreed_at is None:
        paper.agreed_at = clock.now()
        paper.save(update_fields=["agreed_at"])
        audit.record(by=by, action="papers.agreed", subject=paper.audit_subject)


@transaction.atomic
def take_back(*, paper_id: UUID, by: Actor) -> None:
    """From now on it is offered nowhere; cases that have it keep it."""
    paper = _own(paper_id, by)
    if paper.agreed_at is not None:
        paper.agreed_at = None
        paper.save(update_fields=["agreed_at"])
        audit.record(by=by, action="papers.agreement_taken_back", subject=paper.audit_subject)


@transaction.atomic
def remove(*, paper_id: UUID, by: Actor) -> None:
    """Out of the owner's list. A case that has it keeps it as long as it keeps its other papers;
    what no case has is gone.
    """
    paper = _own(paper_id, by)
    audit.record(by=by, action="papers.removed", subject=paper.audit_subject)
    if paper.uses.exists():
        paper.removed_at, paper.agreed_at = clock.now(), None
        paper.save(update_fields=["removed_at", "agreed_at"])
    else:
        paper.delete()


@transaction.atomic
def let_go(*, paper_ids: Sequence[UUID], case_no: str, by: Actor) -> None:
    """The case does not use them any more: taken out, or the draft came to nothing. What was given
    for it alone, and is not agreed to be used again, is gone.
    """
    Use.objects.filter(paper__public_id__in=paper_ids, case_no=case_no).delete()
    left = Paper.objects.filter(public_id__in=paper_ids, agreed_at=None, uses=None)
    for paper in left.select_for_update(of=("self",)):
        audit.record(by=by, action="papers.gone", subject=paper.audit_subject)
        paper.delete()


def sweep(*, by: Actor) -> int:
    """Contents of which no row speaks any more. Run it as often as you like."""
    if not policy.may_sweep(by):
        raise Refused
    return keeping.sweep(frozenset(Paper.objects.values_list("digest", flat=True)))


def _own(paper_id: UUID, by: Actor) -> Paper:
    paper = Paper.objects.select_for_update().filter(public_id=paper_id, removed_at=None).first()
    if paper is None or not policy.is_owner(by, paper):
        raise NotFound
    return paper
