"""Handing in what only the person has, once for all members: a file, or one given before."""

from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.base.papers.public import Paper, Slot, give, let_go, use_again
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.handing import need_room
from diebian.scenes.services.applications import policy
from diebian.scenes.services.applications.papers import WantedPaper, wanted_of
from diebian.scenes.services.applications.rows import fillable, happened
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import Actor, Refused


@transaction.atomic
def hand_in(
    *,
    number: str,
    material: str,
    name: str,
    content: bytes,
    valid_until: date | None = None,
    is_agreed: bool = False,
    by: Actor,
) -> None:
    """`material`: the identity of a wanted paper. Raises a `PaperRefused`."""
    draft, wanted = _wanted(number, material, by)
    need_room(wanted.files)
    paper = give(
        slot=_slot(draft, wanted),
        name=name,
        content=content,
        valid_until=valid_until,
        is_agreed=is_agreed,
        by=by,
    )
    _came(draft, wanted, paper, by)


@transaction.atomic
def hand_in_again(*, number: str, material: str, paper_id: UUID, by: Actor) -> None:
    """One that the applicant gave for another case and agreed to. Raises `NotAgreed`."""
    draft, wanted = _wanted(number, material, by)
    if not policy.is_applicant(by, draft):  # nobody agrees for the applicant
        raise Refused
    _came(draft, wanted, use_again(paper_id=paper_id, slot=_slot(draft, wanted), by=by), by)


@transaction.atomic
def take_out(*, number: str, handed: int, by: Actor) -> None:
    draft = fillable(number, by)
    row = draft.papers.select_related("paper").filter(pk=handed).first()
    if row is None:
        raise NotFound
    row.delete()
    let_go(paper_ids=[row.paper.public_id], case_no=number, by=by)
    happened(draft, "paper_taken_out", by)


def let_go_of_all(draft: Application, by: Actor) -> None:
    """The draft came to nothing: what was given for it alone is gone."""
    rows = draft.papers.select_related("paper")
    ids = [one.paper.public_id for one in rows]
    draft.papers.all().delete()
    let_go(paper_ids=ids, case_no=draft.number, by=by)


def _wanted(number: str, material: str, by: Actor) -> tuple[Application, WantedPaper]:
    draft = fillable(number, by)
    for one in wanted_of(draft):
        if one.key == material:
            return draft, one
    raise NotFound


def _slot(draft: Application, wanted: WantedPaper) -> Slot:
    return Slot(
        wanted.kind, wanted.wanted.name, draft.applicant_key, draft.number, draft.theme.name
    )


def _came(draft: Application, wanted: WantedPaper, paper: Paper, by: Actor) -> None:
    told = {"at": clock.now(), "by_name": by.name}
    draft.papers.get_or_create(identity=wanted.key, paper=paper, defaults=told)
