"""扫描: papers of whoever sits here become files of their lines, the pages of each one file."""

from collections.abc import Sequence

from django.db import transaction

from diebian.base.papers.public import Paper, joined, pages_in
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.handing import keep_file
from diebian.scenes.services.actions.rows import happened, locked
from diebian.scenes.services.handing.wanted import WantedPaper, wanted_of
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.models import OPEN, Case, PaperScanned, State
from diebian.scenes.services.refusals import WrongState
from diebian.security.identity.public import Actor

from . import policy


def scannable(case: Case) -> list[WantedPaper]:
    """Lines that a file may be added to: what is wanted now, and what the window took on paper."""
    if case.state not in {State.DRAFT, *OPEN}:
        return []
    return [one for one in wanted_of(case, journey_for(case)) if one.is_open or one.is_on_paper]


@transaction.atomic
def scan(
    *,
    case_no: str,
    material: str,
    files: Sequence[tuple[str, bytes]],
    is_original_seen: bool,
    by: Actor,
) -> PaperScanned:
    """`files`: the pages in their order, as a scanner made them. Raises a `PaperRefused`."""
    case = locked(case_no)
    if not policy.may_take(by, case):
        raise NotFound
    wanted = _line(case, material)
    name, content = joined(files, wanted.name)
    paper = keep_file(case, wanted, name, content, by=by)
    return _noted(case, wanted, paper, pages_in(name, content), by, is_seen=is_original_seen)


def _line(case: Case, material: str) -> WantedPaper:
    lines = scannable(case)
    if not lines:
        raise WrongState
    found = next((one for one in lines if one.key == material), None)
    if found is None:
        raise NotFound
    return found


def _noted(
    case: Case, wanted: WantedPaper, paper: Paper, pages: int, by: Actor, *, is_seen: bool
) -> PaperScanned:
    made = PaperScanned.objects.create(
        case=case,
        name=wanted.name,
        paper=paper,
        pages=pages,
        is_original_seen=is_seen,
        by_key=by.key,
        by_name=by.name,
        at=clock.now(),
    )
    said = "，看过原件，已还给本人" if is_seen else ""
    happened(case, "paper_scanned", by, f"{wanted.name} {pages} 页{said}")
    return made
