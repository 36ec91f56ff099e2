"""Which cases are going on, and about whom: told by the system that handles them.

A verification names a case. It is answered only while that case is open, and only about a person of
that case; the trail says who opened it. So guessing costs a case for each person, in writing.
"""

from collections.abc import Sequence

from django.db import transaction

from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Kind, Refused, subject_ref
from diebian.standards.identifiers import plain_id_number

from .models import LiveCase
from .refusals import CaseUnclear

LONGEST_NO, MOST_PERSONS = 40, 20


@transaction.atomic
def open_case(*, system: str, case_no: str, id_numbers: Sequence[str], by: Actor) -> None:
    """Said again it changes nothing; with further persons it is about these, too. One that was
    closed is taken up again, with everybody whom it was about.
    """
    _check(system, by)
    if not case_no.strip() or len(case_no) > LONGEST_NO or not 0 < len(id_numbers) <= MOST_PERSONS:
        raise CaseUnclear
    numbers = dict.fromkeys(plain_id_number(number) for number in id_numbers)
    if "" in numbers:
        raise CaseUnclear
    closed = LiveCase.objects.filter(system=system, case_no=case_no).exclude(closed_at=None)
    one = closed.first()
    if one is not None:
        closed.update(closed_at=None)
        audit.record(by=by, action="exchange.case.reopened", subject=one.audit_subject)
    for number in numbers:
        told = {"opened_at": clock.now()}
        made, is_new = LiveCase.objects.get_or_create(
            system=system, case_no=case_no, subject=subject_ref(number), defaults=told
        )
        if is_new:
            audit.record(by=by, action="exchange.case.opened", subject=made.audit_subject)


@transaction.atomic
def close_case(*, system: str, case_no: str, by: Actor) -> None:
    """From now on nothing is verified for it."""
    _check(system, by)
    going_on = LiveCase.objects.filter(system=system, case_no=case_no, closed_at=None)
    one = going_on.first()
    if one is not None:
        going_on.update(closed_at=clock.now())
        audit.record(by=by, action="exchange.case.closed", subject=one.audit_subject)


def _check(system: str, by: Actor) -> None:
    """A system its own cases; the platform those of its scenes."""
    if by != PLATFORM and not (by.kind == Kind.SYSTEM and by.key == system):
        raise Refused
