"""In presence: an old person agrees at a window, hears the terms, and needs no phone for it."""

import secrets
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, subject_of
from diebian.security.tracker.public import record_page_read

from . import policy
from .models import Mandate, State, Use, Way
from .refusals import PaperMissing, ReadBackWrong, WhyMissing
from .rows import Scope, agreed, known, locked, proposed, taken_back
from .selectors import of_giver

DIGITS = 4  # few enough to be heard and said by somebody of eighty


@transaction.atomic
def record(
    *,
    giver_id_number: str,
    giver_name: str,
    holder_id_number: str,
    holder_name: str,
    scope: Scope,
    by: Actor,
) -> Mandate:
    """The giver sits at the window; nothing holds until she has heard the terms and agreed."""
    if not policy.may_record(by):
        raise Refused
    giver, holder = known(giver_id_number, giver_name), known(holder_id_number, holder_name)
    word = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return proposed(giver, holder, scope, by, read_back=word)


@transaction.atomic
def agree_in_presence(
    *, mandate_id: UUID, way: str, read_back: str = "", paper: str = "", by: Actor
) -> Mandate:
    """By card, with the word that stands on the sheet she was read; or signed on paper, which is
    kept where `paper` says. Both count the same.
    """
    mandate = locked(mandate_id, by)
    if not policy.may_record(by):
        raise Refused
    if mandate.state == State.PROPOSED and way == Way.CARD:
        said = read_back.strip()
        if not mandate.read_back or not secrets.compare_digest(said, mandate.read_back):
            raise ReadBackWrong
    elif way == Way.PAPER and paper.strip():
        mandate.paper = paper.strip()[:200]
        mandate.save(update_fields=["paper"])
    elif way != Way.CARD:
        raise PaperMissing
    return agreed(mandate, Way(way), by)


@transaction.atomic
def end_on_request(*, mandate_id: UUID, why: str, by: Actor) -> Mandate:
    """The giver called or came: it ends at once, with how she asked for it."""
    mandate = locked(mandate_id, by)
    if not policy.may_record(by):
        raise Refused
    if not why.strip():
        raise WhyMissing
    taken_back(mandate, why, by)
    return mandate


@transaction.atomic
def find(*, id_number: str, name: str, by: Actor) -> list[Mandate]:
    """What somebody who called or came has given; she sees in 谁查过我 who looked."""
    if not policy.may_record(by):
        raise Refused
    giver = known(id_number, name)
    _looked(giver.key, by)
    return of_giver(giver.key)


@transaction.atomic
def look_at(*, mandate: Mandate, by: Actor) -> None:
    """Before its page is made for a clerk."""
    if policy.may_record(by):
        _looked(mandate.giver_key, by)


@transaction.atomic
def told(*, use_id: int, by: Actor) -> None:
    """告诉了: a giver without a phone heard of an act, by call or on paper. Once."""
    if not policy.may_record(by):
        raise Refused
    row = Use.objects.select_for_update().select_related("mandate").filter(pk=use_id).first()
    if row is None:
        raise NotFound
    if row.told_at is None:
        row.told_at, row.told_by_name = clock.now(), by.name
        row.save(update_fields=["told_at", "told_by_name"])
        audit.record(by=by, action="mandates.use_told", subject=row.mandate.audit_subject)


def _looked(person_key: str, by: Actor) -> None:
    record_page_read(
        by=by,
        subject=subject_of(person_key),
        purpose="在窗口办理您的授权",
        case_no="",
        resource="授权登记页",
        columns=["姓名", "代办人", "授权的事"],
    )
