"""A correction's life. Each verb belongs to somebody: see `policy`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.base.catalogue.public import resource as resource_of
from diebian.base.messages.public import send
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    Actor,
    Refused,
    person_keys,
    subject_of,
    subject_ref,
)
from diebian.security.tracker.public import cases_reading

from . import policy
from .models import UNSETTLED, Correction, State
from .refusals import AlreadyOpen, RulingBinds, SaysNothing, WrongState
from .telling import tell_office, tell_opener, tell_users

TO_RECHECK = "corrections.case.to_recheck"
NOT_SEEN = "提出的部门看不到内容，只知道对不上"  # whoever compares is told outcomes alone


@transaction.atomic
def open_correction(
    *, resource: str, item: str, seen: str, says: str, case_no: str, person_key: str, by: Actor
) -> Correction:
    """`item` as people call it, `seen` what stands there now; the provider's office is told."""
    if not policy.may_open(by, person_key):
        raise Refused
    if not says.strip():
        raise SaysNothing
    made = Correction(
        resource_id=resource_of(resource).key,
        item=item[:100],
        seen=seen[:300],
        says=says.strip()[:500],
        case_no=case_no,
        person_key=person_key,
        subject=subject_of(person_key),
    )
    return opened(made, by)


def opened(made: Correction, by: Actor) -> Correction:
    """In the caller's transaction, who has asked whether this one may."""
    made.asking, made.opened_at = by.department, clock.now()
    made.opened_by, made.opened_by_name = by.key, by.name
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # `correction_open_once`, `correction_key_once`
        raise AlreadyOpen from error
    audit.record(by=by, action="corrections.opened", subject=made.audit_subject)
    tell_office(made, f"有人提出“{made.item}”不对，请核实。")
    return made


@dataclass(frozen=True)
class Finding:
    """What does not agree about a person, who may have no account here."""

    id_number: str
    item: str


@transaction.atomic
def open_found(
    *, resource: str, findings: Sequence[Finding], says: str, case_no: str, by: Actor
) -> int:
    """Many at once, from a comparison. What is open already is left; gives how many were opened."""
    if not policy.may_open(by, ""):
        raise Refused
    if not says.strip():
        raise SaysNothing
    found = resource_of(resource)
    keys = person_keys([one.id_number for one in findings])
    now, opened = clock.now(), []
    for one in findings:
        key = keys.get(one.id_number, "")
        made = Correction(
            resource_id=found.key,
            item=one.item[:100],
            seen=NOT_SEEN,
            says=says.strip()[:500],
            case_no=case_no,
            person_key=key,
            id_number="" if key else one.id_number,
            subject=subject_ref(one.id_number),
            asking=by.department,
            opened_by=by.key,
            opened_by_name=by.name,
            opened_at=now,
        )
        opened.append(made)
    # Of two at once, `correction_open_once` lets one in.
    Correction.objects.bulk_create(opened, ignore_conflicts=True)
    came = Correction.objects.filter(public_id__in=[one.public_id for one in opened])
    came = came.select_related("resource__entry__provider")
    subjects = [made.audit_subject for made in came]
    audit.record_each(by=by, action="corrections.opened", subjects=subjects)
    if came:
        tell_office(came[0], f"比对发现 {len(came)} 处对不上，请核实。")
    return len(came)


@transaction.atomic
def confirm(*, correction_id: UUID, by: Actor) -> Correction:
    """It is wrong indeed; it is put right at the source next."""
    made = _locked(correction_id, by)
    if made.state != State.OPEN:
        raise WrongState
    made.state, made.answered_at = State.CONFIRMED, clock.now()
    _move(made, by)
    tell_opener(made, "提供部门核实属实，正在改正，改好会告诉您。")
    return made


@transaction.atomic
def reject(*, correction_id: UUID, evidence: str, by: Actor) -> Correction:
    """Not after a ruling, which binds."""
    made = _settled(correction_id, State.REJECTED, evidence, by)
    tell_opener(made, f"提供部门核实无误：{made.answer}。不同意的，可以在这一页提出争议。")
    return made


@transaction.atomic
def fix(*, correction_id: UUID, how: str, by: Actor) -> Correction:
    """Put right at the source. Every case and every department that had read it is told, once."""
    made = _settled(correction_id, State.FIXED, how, by)
    for case_no in cases_reading(subject=made.subject, resource=made.resource.title):
        send(
            topic=TO_RECHECK,
            key=case_no,
            body={"resource": made.resource.slug, "item": made.item, "case_no": case_no},
            by=by,
        )
    told = tell_users(made, by)
    others = f"已告知 {told} 个用过的部门；" if told else ""
    tell_opener(made, f"已改正：{made.answer}。{others}用过这项数据、还在办的事会重新查一次。")
    return made


@transaction.atomic
def reopen_by_ruling(*, correction_id: UUID, ruling: str, by: Actor) -> Correction:
    """A dispute ended against the provider: it puts the value right, in ten working days from now.

    Where somebody has said the same anew meanwhile, that one is bound by the ruling.
    """
    if not policy.may_carry_out_ruling(by):
        raise Refused
    rows = Correction.objects.select_for_update(of=("self",))
    rows = rows.select_related("resource__entry__provider")
    made = rows.filter(public_id=correction_id, state=State.REJECTED).first()
    if made is None:
        raise WrongState
    same = rows.filter(resource=made.resource, item=made.item, subject=made.subject)
    made = same.filter(state__in=UNSETTLED).first() or made
    made.state, made.ruling, made.reopened_at = State.CONFIRMED, ruling[:1000], clock.now()
    made.answer, made.answered_at, made.reminded = "", None, ""
    made.save()
    audit.record(by=by, action="corrections.reopened_by_ruling", subject=made.audit_subject)
    tell_office(made, f"争议有了结果，请在源头改正“{made.item}”。{made.ruling}。")
    tell_opener(made, f"争议有了结果，由提供部门改正。{made.ruling}。")
    return made


def _settled(correction_id: UUID, state: State, answer: str, by: Actor) -> Correction:
    made = _locked(correction_id, by)
    if made.state not in UNSETTLED:
        raise WrongState
    if state == State.REJECTED and made.ruling:
        raise RulingBinds
    if not answer.strip():
        raise SaysNothing
    made.state, made.answer = state, answer.strip()[:500]
    made.answered_at = made.answered_at or clock.now()
    made.fixed_at = clock.now() if state == State.FIXED else None
    _move(made, by)
    return made


def _locked(correction_id: UUID, by: Actor) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",))
    found = rows.select_related("resource__entry__provider").filter(public_id=correction_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    if not policy.may_answer(by, found):
        raise Refused
    return found


def _move(made: Correction, by: Actor) -> None:
    made.save()
    audit.record(by=by, action=f"corrections.{made.state}", subject=made.audit_subject)
