"""What only the person has, once for all members: a file, one given before, or a promise."""

from datetime import date
from uuid import UUID

from django.db import transaction

from diebian.base.papers.public import Paper, Slot, give, let_go, use_again
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.handing import need_room, promised
from diebian.scenes.services.applications import behalf, policy
from diebian.scenes.services.applications.papers import (
    WantedPaper,
    is_open,
    keep_promise,
    wanted_of,
)
from diebian.scenes.services.applications.rows import fillable, happened, locked
from diebian.scenes.services.applications.telling import tell_kept
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.themes.models import Application, ApplicationPromise
from diebian.scenes.services.themes.models import ApplicationState as State
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
def promise(*, number: str, material: str, until: date | None, by: Actor) -> None:
    """容缺, once for all members that want it: where each of their departments lets it follow."""
    draft, wanted = _wanted(number, material, by)
    if draft.state != State.DRAFT:
        raise WrongState
    day = promised(wanted.later, until)
    told = {"title": wanted.wanted.name, "until": day, "made_at": clock.now(), "by_name": by.name}
    ApplicationPromise.objects.update_or_create(
        application=draft, identity=wanted.key, defaults=told
    )


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
    draft.promises.all().delete()
    let_go(paper_ids=ids, case_no=draft.number, by=by)


def _wanted(number: str, material: str, by: Actor) -> tuple[Application, WantedPaper]:
    """A draft's; later only what was promised."""
    found = locked(number)
    if not policy.may_fill(by, found):
        raise behalf.absent(by, found)
    for one in wanted_of(found):
        if one.key == material:
            if not is_open(found, one):
                raise WrongState
            return found, one
    raise NotFound


def _slot(draft: Application, wanted: WantedPaper) -> Slot:
    return Slot(
        wanted.kind, wanted.wanted.name, draft.applicant_key, draft.number, draft.theme.name
    )


def _came(draft: Application, wanted: WantedPaper, paper: Paper, by: Actor) -> None:
    told = {"at": clock.now(), "by_name": by.name}
    row, _ = draft.papers.get_or_create(identity=wanted.key, paper=paper, defaults=told)
    if draft.state == State.DRAFT:
        return
    keep_promise(draft, row, by)
    if wanted.is_outstanding:
        happened(draft, "promise_kept", by)
        tell_kept(draft, wanted.wanted.name)
