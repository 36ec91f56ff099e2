"""A dispute's life: talk, coordination, decision. Each verb belongs to somebody: see `policy`."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.base.directory.public import county_of
from diebian.kernel import clock
from diebian.security.identity.public import Actor, Post, department_keys, officials_holding
from diebian.standards.dues import Due

from . import policy
from .dues import due_of
from .levels import bench_between
from .matters import disputables
from .models import UNSETTLED, Dispute, How, Outcome, State, What
from .refusals import (
    AlreadyDecided,
    AlreadyOpen,
    DocumentMissing,
    NotCarriedOut,
    OutcomeUnclear,
    TalkFirst,
)
from .rows import allowed, decide, locked, move, worded, write
from .selectors import is_awaited, is_final
from .telling import tell_all

YIELDING = (State.TALKING, State.COORDINATION, State.COORDINATED)


@transaction.atomic
def open_dispute(*, kind: str, about: str, grounds: str, by: Actor) -> Dispute:
    """`kind` and `about` name the matter; its component says whether this actor may dispute it."""
    matter, grounds = disputables.get(kind).find(about, by), worded(grounds)
    keys, bench = department_keys(), bench_between(matter.asking, matter.provider)
    made = Dispute(
        kind=kind,
        about=about,
        title=matter.title[:300],
        answer=matter.answer[:1000],
        link=matter.link,
        asking_id=keys[matter.asking] if matter.asking else None,
        provider_id=keys[matter.provider],
        bench=bench.area,
        is_common=bench.is_common,
        opened_by=by.key,
        opened_by_name=by.name,
        opened_at=clock.now(),
        since=clock.now(),
    )
    if is_final(made):
        raise AlreadyDecided
    if is_awaited(made):
        raise NotCarriedOut
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # `dispute_open_once`
        raise AlreadyOpen from error
    return move(made, State.TALKING, What.OPENED, grounds, by)


@transaction.atomic
def say(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """Both sides and the authority read it."""
    dispute = locked(dispute_id, by, *UNSETTLED)
    allowed(policy.may_speak(by, dispute))
    said = worded(text)
    write(dispute, What.SAID, said, by)
    tell_all(dispute, f"{by.name}说：{said}", by)
    return dispute


@transaction.atomic
def give_way(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """The provider changes its answer by itself: the best end of a dispute."""
    dispute = locked(dispute_id, by, *YIELDING)
    allowed(policy.may_give_way(by, dispute))
    return decide(dispute, Outcome.OVERTURNED, How.TALK, worded(text), What.GAVE_WAY, by)


@transaction.atomic
def withdraw(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """The answer stands as it was."""
    dispute = locked(dispute_id, by, *UNSETTLED)
    allowed(policy.is_asker(by, dispute))
    return move(dispute, State.WITHDRAWN, What.WITHDRAWN, worded(text), by)


@transaction.atomic
def refer(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """协商不成的: to the data authority, or to the government where that is a party itself."""
    dispute = locked(dispute_id, by, State.TALKING)
    allowed(policy.is_asker(by, dispute))
    if not may_refer_now(dispute, due_of(dispute)):
        raise TalkFirst
    after = State.GOVERNMENT if _is_authority_party(dispute) else State.COORDINATION
    return move(dispute, after, What.REFERRED, worded(text), by)


@transaction.atomic
def advise(*, dispute_id: UUID, outcome: str, text: str, by: Actor) -> Dispute:
    """The authority's opinion with its reasons. It stands unless somebody objects in time."""
    dispute = locked(dispute_id, by, State.COORDINATION)
    allowed(policy.may_coordinate(by, dispute))
    dispute.opinion, dispute.ruling = _outcome(outcome), worded(text)
    words = f"{Outcome(dispute.opinion).label}。{dispute.ruling}"
    return move(dispute, State.COORDINATED, What.ADVISED, words, by)


@transaction.atomic
def pass_on(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """协调不成的: the authority brings it before the government."""
    dispute = locked(dispute_id, by, State.COORDINATION)
    allowed(policy.may_coordinate(by, dispute))
    return move(dispute, State.GOVERNMENT, What.PASSED_ON, worded(text), by)


@transaction.atomic
def accept(*, dispute_id: UUID, by: Actor) -> Dispute:
    """By the side that the opinion goes against: it is over."""
    dispute = locked(dispute_id, by, State.COORDINATED)
    allowed(policy.may_accept(by, dispute))
    outcome = Outcome(dispute.opinion)
    return decide(dispute, outcome, How.COORDINATION, dispute.ruling, What.ACCEPTED, by)


@transaction.atomic
def object_to(*, dispute_id: UUID, text: str, by: Actor) -> Dispute:
    """Either side; the government decides."""
    dispute = locked(dispute_id, by, State.COORDINATED)
    allowed(policy.may_object(by, dispute))
    return move(dispute, State.GOVERNMENT, What.OBJECTED, worded(text), by)


@transaction.atomic
def record_decision(
    *, dispute_id: UUID, outcome: str, document_no: str, decided_on: date, text: str, by: Actor
) -> Dispute:
    """What the government decided, as its document says it; the platform decides nothing."""
    dispute = locked(dispute_id, by, State.GOVERNMENT)
    allowed(policy.may_record(by, dispute))
    number = document_no.strip()[:60]
    if not number or decided_on > clock.today():
        raise DocumentMissing
    dispute.document_no, dispute.decided_on = number, decided_on
    ruling, decided = f"{number}。{worded(text)}"[:1000], _outcome(outcome)
    return decide(dispute, decided, How.GOVERNMENT, ruling, What.RECORDED, by)


def may_refer_now(dispute: Dispute, due: Due | None) -> bool:
    """Once the other side has said something, or the days to talk are over."""
    provider = dispute.provider.credit_code
    return bool(due and due.is_late) or dispute.events.filter(department=provider).exists()


def _is_authority_party(dispute: Dispute) -> bool:
    """The one that would coordinate it; a county's own may be a party before the city's."""
    near = [code for code in policy.parties(dispute) if county_of(code) == dispute.bench]
    return any(officials_holding(Post.AUTHORITY, department=code) for code in near)


def _outcome(told: str) -> Outcome:
    if told not in Outcome.values:
        raise OutcomeUnclear
    return Outcome(told)
