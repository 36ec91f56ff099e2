"""The paper that a giver signed stands by her mandate, as a file with the same checks as all."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from diebian.base.papers.public import Paper, Slot, give, joined
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Signed, State, Way
from .refusals import NotOnPaper
from .rows import locked
from .selectors import mandate_for

KIND = "mandate-signed"  # offered nowhere else: it belongs to this mandate
TITLE = "签名的授权书"


@transaction.atomic
def scan_signed(*, mandate_id: UUID, files: Sequence[tuple[str, bytes]], by: Actor) -> Signed:
    """Its pages in their order; by a clerk, of a mandate that was agreed to on paper.

    Raises a `PaperRefused` and `NotOnPaper`.
    """
    mandate = locked(mandate_id, by)
    if not policy.may_record(by):
        raise Refused
    if mandate.state != State.AGREED or mandate.way != Way.PAPER:
        raise NotOnPaper
    name, content = joined(files, TITLE)
    about = f"{mandate.holder_name}代办"
    slot = Slot(KIND, TITLE, mandate.giver_key, str(mandate.public_id), about)
    paper = give(slot=slot, name=name, content=content, by=by)
    made = Signed.objects.create(mandate=mandate, paper=paper, by_name=by.name, at=clock.now())
    audit.record(by=by, action="mandates.signed_scanned", subject=mandate.audit_subject)
    return made


def signed_paper(*, mandate_id: UUID, paper_id: UUID, by: Actor) -> Paper:
    """For giver and holder, and a clerk. Raises `NotFound`."""
    rows = mandate_for(by, mandate_id).signed.select_related("paper")
    found = rows.filter(paper__public_id=paper_id).first()
    if found is None:
        raise NotFound
    return found.paper
