"""A dispute as it is now, locked until the commit, and the ways in which it changes."""

from uuid import UUID

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused

from . import policy
from .matters import disputables
from .models import Dispute, Event, How, Outcome, State, What
from .refusals import SaysNothing, WrongState
from .telling import NEXT, tell_all

LONGEST = 1000


def locked(dispute_id: UUID, by: Actor, *states: State) -> Dispute:
    rows = Dispute.objects.select_for_update(of=("self",)).select_related("asking", "provider")
    found = rows.filter(public_id=dispute_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    if found.state not in states:
        raise WrongState
    return found


def allowed(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused


def worded(text: str) -> str:
    if not text.strip():
        raise SaysNothing
    return text.strip()[:LONGEST]


def move(dispute: Dispute, after: State, what: What, text: str, by: Actor) -> Dispute:
    """To the next step, whose clock starts now."""
    dispute.state, dispute.since, dispute.reminded = after, clock.now(), ""
    dispute.save()
    write(dispute, what, text, by)
    says = f"{what.label}：{text}" if text else what.label
    tell_all(dispute, f"{says}。{NEXT.get(after, '')}", by)
    return dispute


def decide(
    dispute: Dispute, outcome: Outcome, how: How, ruling: str, what: What, by: Actor
) -> Dispute:
    """The end. What was answered changes in this transaction, or stays."""
    dispute.outcome, dispute.how, dispute.ruling = outcome, how, ruling
    if outcome == Outcome.OVERTURNED:
        matter = disputables.get(dispute.kind)
        matter.overturn(dispute.about, f"{how.label}：{ruling}"[:LONGEST], PLATFORM)
        if matter.is_carried_out(dispute.about):
            dispute.carried_out_at = clock.now()
    return move(dispute, State.DECIDED, what, f"{outcome.label}。{ruling}"[:LONGEST], by)


def write(dispute: Dispute, what: What, text: str, by: Actor) -> None:
    Event.objects.create(
        dispute=dispute,
        what=what,
        at=clock.now(),
        by_key=by.key,
        by_name="平台" if by == PLATFORM else by.name,
        department=by.department,
        text=text[:LONGEST],
    )
    audit.record(by=by, action=f"disputes.{what.value}", subject=dispute.audit_subject)
