"""What an item shall say from a day on: written, agreed to by its head, passed by the authority.

Until that day everybody reads what is in force; a case that runs keeps what it began with.
"""

from datetime import date

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services import refusals
from diebian.scenes.services.materials.demands import register_for
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_keys

from . import policy
from .checking import changed, faults, held_demands
from .facts import ItemFacts, kept
from .models import UNDER_WAY, ItemVersion, ServiceItem, State
from .registering import register_new
from .telling import tell
from .told import changes_of, names_in
from .writing import next_number, put_in_force

LONGEST = 300


@transaction.atomic
def write_version(*, item_code: str, facts: ItemFacts, why: str, by: Actor) -> ItemVersion:
    """A draft, or the draft that there is written anew."""
    item = _locked(item_code)
    if not policy.may_write(by, item):
        raise Refused
    if not why.strip():
        raise refusals.WhyMissing
    now_says = _in_force(item).facts
    if changed(now_says, facts):
        raise refusals.FactFixed
    if not list(changes_of("", now_says, facts, names_in([now_says, facts]))):
        raise refusals.VersionSame
    _refuse_faults(facts, item)
    found = _under_way(item)
    if found is not None and found.state != State.DRAFT:
        raise refusals.VersionUnderWay
    version = found or ItemVersion(item=item, number=next_number(item))
    version.document, version.journey = kept(facts), _in_force(item).journey
    version.why, version.written_by = why.strip()[:LONGEST], by.name
    version.written_at = clock.now()
    return _moved(version, State.DRAFT, "written", by)


@transaction.atomic
def submit_version(*, item_code: str, by: Actor) -> ItemVersion:
    """What is held is not demanded, from the moment on at which somebody writes it down."""
    version = _of(item_code, State.DRAFT)
    if not policy.may_write(by, version.item):
        raise Refused
    _refuse_faults(version.facts, version.item)
    register = register_for(version.facts.credit_code, "")
    if held := held_demands(version.facts, register):
        raise refusals.HeldAlready(register.says(held))
    version.submitted_at, version.reason = clock.now(), ""
    return _moved(version, State.OFFICE_REVIEW, "submitted", by)


@transaction.atomic
def approve_version(*, item_code: str, by: Actor) -> ItemVersion:
    version = _of(item_code, State.OFFICE_REVIEW)
    if not policy.may_approve(by, version.item):
        raise Refused
    version.approved_by = by.name
    return _moved(version, State.SUBMITTED, "approved", by)


@transaction.atomic
def send_back_version(*, item_code: str, reason: str, by: Actor) -> ItemVersion:
    version = _of(item_code, State.OFFICE_REVIEW, State.SUBMITTED)
    if not policy.may_send_back(by, version):
        raise Refused
    if not reason.strip():
        raise refusals.WhyMissing
    version.reason, version.approved_by = reason.strip()[:LONGEST], ""
    return _moved(version, State.DRAFT, "sent_back", by)


@transaction.atomic
def pass_version(*, item_code: str, valid_from: date, by: Actor) -> ItemVersion:
    """Papers that had no entry in the register have one from now on, as nobody's but a person's."""
    version = _of(item_code, State.SUBMITTED)
    if not policy.may_pass(by):
        raise Refused
    if valid_from < clock.today():
        raise refusals.DayPast
    register = register_for(version.facts.credit_code, "")
    if held := held_demands(version.facts, register):  # shared since it was written
        raise refusals.HeldAlready(register.says(held))
    version.document = kept(register_new(version.facts, by=by))
    version.valid_from, version.passed_by = valid_from, by.name
    _moved(version, State.PASSED, "passed", by)
    if valid_from == clock.today():
        _begin(version, by)
    return version


@transaction.atomic
def discard_version(*, item_code: str, by: Actor) -> None:
    version = _of(item_code, State.DRAFT)
    if not policy.may_write(by, version.item):
        raise Refused
    audit.record(by=by, action="services.item.discarded", subject=version.audit_subject)
    version.delete()


@transaction.atomic
def begin_versions(*, by: Actor) -> int:
    """Those whose day has come."""
    if not policy.may_begin(by):
        raise Refused
    rows = ItemVersion.objects.filter(state=State.PASSED, valid_from__lte=clock.today())
    due = list(rows.select_for_update(of=("self",), skip_locked=True).select_related("item"))
    for version in due:
        _begin(version, by)
    return len(due)


def _begin(version: ItemVersion, by: Actor) -> None:
    put_in_force(version, department_keys())
    audit.record(by=by, action="services.item.in_force", subject=version.audit_subject)
    tell(version)


def _locked(item_code: str) -> ServiceItem:
    """The item's lock is the lock of its versions: two hands cannot write it at once."""
    rows = ServiceItem.objects.select_for_update(of=("self",)).select_related("department")
    item = rows.filter(code=item_code, retired_on=None).first()
    if item is None:
        raise NotFound
    return item


def _in_force(item: ServiceItem) -> ItemVersion:
    return item.versions.get(state=State.IN_FORCE)


def _under_way(item: ServiceItem) -> ItemVersion | None:
    return item.versions.filter(state__in=UNDER_WAY).first()


def _of(item_code: str, *states: State) -> ItemVersion:
    item = _locked(item_code)
    version = _under_way(item)
    if version is None or version.state not in states:
        raise refusals.VersionElsewhere
    version.item = item
    return version


def _refuse_faults(facts: ItemFacts, item: ServiceItem) -> None:
    register = register_for(item.department.credit_code, "")
    if found := list(faults(facts, register)):
        raise refusals.VersionFaulty("；".join(found), fields={"materials": found})


def _moved(version: ItemVersion, to: State, verb: str, by: Actor) -> ItemVersion:
    version.state = to
    version.save()
    audit.record(by=by, action=f"services.item.{verb}", subject=version.audit_subject)
    tell(version)
    return version
