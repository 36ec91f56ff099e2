"""What a theme shall be: written by the department that leads it, published by somebody else.

Until then everybody reads what is in force; what runs keeps what it began with.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import refusals
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from . import policy
from .actions import compile_themes
from .compiling import compiled
from .gathering import items_in_force
from .models import DraftState, Theme, ThemeDraft
from .telling import tell

LONGEST = 300
Places = Sequence[Mapping[str, Any]]
Wordings = Mapping[str, Mapping[str, str]]


@transaction.atomic
def write_draft(
    *, code: str, places: Places, wordings: Wordings, why: str, by: Actor
) -> ThemeDraft:
    """One that cannot be compiled is kept as well: the page says what is wrong with it."""
    theme = _locked(code)
    if not policy.may_write(by, theme):
        raise Refused
    if not why.strip():
        raise refusals.WhyMissing
    if (list(places), wordings) == (theme.places, theme.wordings):
        raise refusals.VersionSame
    draft = theme.drafts.exclude(state=DraftState.PUBLISHED).first() or ThemeDraft(theme=theme)
    if draft.state != DraftState.WRITTEN:
        raise refusals.VersionUnderWay
    draft.theme = theme
    draft.places, draft.wordings = list(places), dict(wordings)
    draft.why, draft.written_by = why.strip()[:LONGEST], by.name
    draft.written_by_key, draft.written_at = by.key, clock.now()
    return _moved(draft, DraftState.WRITTEN, "written", by)


@transaction.atomic
def submit_draft(*, code: str, by: Actor) -> ThemeDraft:
    """What goes in a circle or names an item that there is not is not handed on."""
    draft = _of(code, DraftState.WRITTEN)
    if not policy.may_write(by, draft.theme):
        raise Refused
    _refuse_faults(draft)
    draft.reason = ""
    return _moved(draft, DraftState.SUBMITTED, "submitted", by)


@transaction.atomic
def send_back_draft(*, code: str, reason: str, by: Actor) -> ThemeDraft:
    draft = _of(code, DraftState.SUBMITTED)
    if not policy.may_review(by):
        raise Refused
    if not reason.strip():
        raise refusals.WhyMissing
    draft.reason = reason.strip()[:LONGEST]
    return _moved(draft, DraftState.WRITTEN, "sent_back", by)


@transaction.atomic
def publish_draft(*, code: str, by: Actor) -> ThemeDraft:
    """In force at once, as a version of its own. The folder does not overrule it any more."""
    draft = _of(code, DraftState.SUBMITTED)
    if not policy.may_review(by):
        raise Refused
    if by.key == draft.written_by_key:
        raise refusals.OwnDraft
    _refuse_faults(draft)  # an item may have been retired since
    theme = draft.theme
    if theme.of_folder is None:
        theme.of_folder = theme.places
    theme.places, theme.wordings = draft.places, draft.wordings
    theme.save(update_fields=["places", "wordings", "of_folder"])
    draft.published_by, draft.published_at = by.name, clock.now()
    compile_themes(codes=[code], by=PLATFORM)
    return _moved(draft, DraftState.PUBLISHED, "published", by)


@transaction.atomic
def discard_draft(*, code: str, by: Actor) -> None:
    draft = _of(code, DraftState.WRITTEN)
    if not policy.may_write(by, draft.theme):
        raise Refused
    audit.record(by=by, action="services.theme.discarded", subject=f"theme:{code}")
    draft.delete()


def _locked(code: str) -> Theme:
    """The theme's lock is the lock of its draft: two hands cannot write it at once."""
    rows = Theme.objects.select_for_update(of=("self",)).select_related("department")
    found = rows.filter(code=code, retired_on=None).first()
    if found is None:
        raise NotFound
    return found


def _of(code: str, state: DraftState) -> ThemeDraft:
    theme = _locked(code)
    draft = theme.drafts.exclude(state=DraftState.PUBLISHED).first()
    if draft is None or draft.state != state:
        raise refusals.VersionElsewhere
    draft.theme = theme
    return draft


def _refuse_faults(draft: ThemeDraft) -> None:
    """Raises `ThemeFaulty` with all that is wrong."""
    items, register = items_in_force({one["code"] for one in draft.places})
    compiled(draft.plan, items, register)


def _moved(draft: ThemeDraft, to: DraftState, verb: str, by: Actor) -> ThemeDraft:
    draft.state = to
    draft.save()
    audit.record(by=by, action=f"services.theme.{verb}", subject=f"theme:{draft.theme.code}")
    tell(draft)
    return draft
