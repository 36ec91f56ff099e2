"""评价单: the code of a visit as a square and as letters, for the clerk to print or to hold out."""

from io import BytesIO

import segno
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from diebian.kernel.errors import NotFound
from diebian.scenes.services.actions.rows import locked as locked_case
from diebian.scenes.services.models import Case, Channel
from diebian.scenes.services.policy import is_receiving_clerk
from diebian.scenes.services.rating_models import Invitation, Service
from diebian.security.identity.public import Actor

from .actions import invitation_of


@transaction.atomic
def code_of_visit(case: Case) -> str:
    """For the receipt of what was received at a window; empty for what came online."""
    if case.channel != Channel.WINDOW or case.received_at is None:
        return ""
    return spelled(invitation_of(locked_case(case.case_no), Service.VISIT).code)


@transaction.atomic
def slip_for(*, case_no: str, by: Actor) -> Invitation:
    """The clerk who received the case, on that day; printed again it is the same code."""
    case = locked_case(case_no)
    if not is_receiving_clerk(by, case):
        raise NotFound
    return invitation_of(case, Service.VISIT)


def spelled(code: str) -> str:
    """In fours, as it is read and typed."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def square(address: str) -> SafeString:
    """Inline SVG of an address of our own: segno writes paths and numbers only."""
    told = BytesIO()
    segno.make(address, error="m").save(
        told, kind="svg", scale=6, border=2, xmldecl=False, svgns=True, nl=False
    )
    return mark_safe(told.getvalue().decode())  # noqa: S308
