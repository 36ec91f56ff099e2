"""What the public wants opened: asked, joined by others, answered with a reason.

What was asked and answered is public; who asked is not told to anybody.
"""

import re
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_keys,
    department_name,
    officials_holding,
)

from . import policy
from .models import DataRequest, Dataset, Outcome, State, Voice
from .refusals import AlreadyAnswered, ReasonMissing, SaysPersonal, TooMany

MOST_A_DAY = 10  # asked or joined by one person
LONGEST_WANTED, LONGEST_PURPOSE, LONGEST_ANSWER = 100, 500, 500
# Public words with a number of a person, a telephone or an address for mail in them are not taken.
PERSONAL = re.compile(
    r"\d{17}[\dXx]|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"
    r"|[\w.+-]+@[\w-]+\.\w+",
    re.ASCII,
)


@transaction.atomic
def ask(*, wanted: str, purpose: str, provider: str, by: Actor) -> DataRequest:
    """`provider` is a credit code, or empty where the person does not know who has it."""
    if not policy.may_ask(by):
        raise Refused
    faults = {}
    if not 0 < len(wanted.strip()) <= LONGEST_WANTED:
        faults["wanted"] = [f"请写要什么数据，最多 {LONGEST_WANTED} 个字"]
    if not 0 < len(purpose.strip()) <= LONGEST_PURPOSE:
        faults["purpose"] = [f"请写用来做什么，最多 {LONGEST_PURPOSE} 个字"]
    if faults:
        raise Invalid(fields=faults)
    _refuse_personal(wanted, purpose)
    _refuse_too_many(by)
    made = DataRequest.objects.create(
        number=_next_number(),
        wanted=wanted.strip(),
        purpose=purpose.strip(),
        provider_id=_department(provider) if provider else None,
        asked_at=clock.now(),
    )
    Voice.objects.create(request=made, person_key=by.key, at=clock.now())
    audit.record(by=by, action="opening.request.asked", subject=made.audit_subject)
    _tell_office(made)
    return made


@transaction.atomic
def join(*, request_id: UUID, by: Actor) -> DataRequest:
    """The same is wanted by one more; asking twice is asking once."""
    if not policy.may_ask(by):
        raise Refused
    row = _locked(request_id)
    _refuse_answered(row)
    _refuse_too_many(by)
    try:
        with transaction.atomic():
            Voice.objects.create(request=row, person_key=by.key, at=clock.now())
    except IntegrityError:  # `voice_once`
        return row
    audit.record(by=by, action="opening.request.joined", subject=row.audit_subject)
    return row


@transaction.atomic
def assign(*, request_id: UUID, provider: str, by: Actor) -> DataRequest:
    """The authority says whose it is. The day by which it is answered stays."""
    if not policy.may_assign(by):
        raise Refused
    row = _locked(request_id)
    _refuse_answered(row)
    row.provider_id = _department(provider)
    row.save(update_fields=["provider"])
    audit.record(by=by, action="opening.request.assigned", subject=row.audit_subject)
    row.refresh_from_db()
    _tell_office(row)
    return row


@transaction.atomic
def answer(
    *, request_id: UUID, outcome: Outcome, says: str, by: Actor, dataset: UUID | None = None
) -> DataRequest:
    """Everybody who asked is told, once each."""
    row = _locked(request_id)
    if not policy.may_answer(by, row.provider.credit_code if row.provider else ""):
        raise Refused
    _refuse_answered(row)
    if not says.strip():
        raise ReasonMissing
    _refuse_personal(says)
    row.outcome, row.answer = outcome, says.strip()[:LONGEST_ANSWER]
    row.answered_at, row.answered_by = clock.now(), _office_of(by)
    row.dataset = _opened(dataset) if dataset else None
    row.save()
    audit.record(by=by, action="opening.request.answered", subject=row.audit_subject)
    link = reverse("open-data:request", args=[row.public_id])
    keys = row.voices.values_list("person_key", flat=True)
    body = f"{row.answered_by}答复：{row.get_outcome_display()}。{row.answer}"[:500]
    notify_all(keys=keys, title=f"要数据：{row.wanted}", body=body, link=link, by=PLATFORM)
    return row


def _opened(dataset: UUID) -> Dataset:
    found = Dataset.objects.filter(public_id=dataset, state=State.PUBLISHED).first()
    if found is None:
        raise NotFound
    return found


def _department(credit_code: str) -> int:
    keys = department_keys()
    if credit_code not in keys:
        raise Invalid(fields={"provider": ["没有这个部门"]})
    return keys[credit_code]


def _office_of(by: Actor) -> str:
    return department_name(by.department)


def _locked(request_id: UUID) -> DataRequest:
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("provider")
    found = rows.filter(public_id=request_id).first()
    if found is None:
        raise NotFound
    return found


def _refuse_answered(row: DataRequest) -> None:
    if row.outcome:
        raise AlreadyAnswered


def _refuse_too_many(by: Actor) -> None:
    since = clock.now() - timedelta(days=1)
    if Voice.objects.filter(person_key=by.key, at__gt=since).count() >= MOST_A_DAY:
        raise TooMany


def _refuse_personal(*texts: str) -> None:
    if any(PERSONAL.search(text) for text in texts):
        raise SaysPersonal


def _next_number() -> str:
    """Of the year, in order. The lock is held until the number is used."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('opening.request.number'))")
    year = clock.today().year
    count = DataRequest.objects.filter(number__startswith=f"KF{year}").count()
    return f"KF{year}{count + 1:05d}"


def _tell_office(row: DataRequest) -> None:
    code = row.provider.credit_code if row.provider else ""
    keys = officials_holding(Post.DATA_MANAGER, department=code) if code else []
    keys, link = keys or officials_holding(Post.AUTHORITY), reverse("opening:desk")
    body = f"有人想要“{row.wanted}”，用途：{row.purpose}"[:500]
    notify_all(keys=keys, title=f"要数据 {row.number}", body=body, link=link, by=PLATFORM)
