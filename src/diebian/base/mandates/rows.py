"""What every verb needs: the two who are meant, the bounded scope, the locked row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, PersonFacts, person_named
from diebian.standards.mandates import AGENT, RELATIVE, Bounds

from . import policy, telling
from .matters import fields, named
from .models import Kind, Mandate, State, Tells, Way
from .refusals import PersonUnknown, ToOneself, WrongState
from .selectors import is_in_force

BOUNDS = {Kind.RELATIVE: RELATIVE, Kind.AGENT: AGENT}


@dataclass(frozen=True)
class Scope:
    """For what, and for how many days from today; `field`: all matters of one body instead."""

    matters: Sequence[str] = ()
    field: str = ""
    days: int = RELATIVE.usual
    tells: Tells = Tells.NOTICE


def known(id_number: str, name: str) -> PersonFacts:
    found = person_named(id_number=id_number.strip().upper(), name=name.strip())
    if found is None:
        raise PersonUnknown
    return found


def proposed(
    giver: PersonFacts,
    holder: PersonFacts,
    scope: Scope,
    by: Actor,
    *,
    kind: Kind = Kind.RELATIVE,
    read_back: str = "",
) -> Mandate:
    """`read_back`: what the giver says at a window to show that she has heard the terms."""
    if giver.key == holder.key:
        raise ToOneself
    told = {
        "kind": kind,
        "giver_key": giver.key,
        "giver_name": giver.name,
        "holder_key": holder.key,
        "holder_name": holder.name,
        **_read(scope, BOUNDS[kind]),
    }
    try:
        with transaction.atomic():
            made = Mandate.objects.create(
                **told,
                read_back=read_back,
                proposed_by=by.key,
                proposed_by_name=by.name,
                proposed_at=clock.now(),
            )
    except IntegrityError:  # `mandate_proposed_once`: the second of two clicks
        same = {name: told[name] for name in ("giver_key", "holder_key", "matters", "field")}
        return Mandate.objects.get(**same, state=State.PROPOSED)
    audit.record(by=by, action="mandates.proposed", subject=made.audit_subject)
    return made


def _read(scope: Scope, bounds: Bounds) -> dict[str, object]:
    """Never everything, never for longer than may be: refuses with a sentence for each."""
    known, bodies = named(scope.matters), fields()
    faults: dict[str, list[str]] = {}
    if scope.field and known:
        faults["matters"] = ["一份授权要么写几件事，要么写一个部门的事，请留一样"]
    elif scope.field and scope.field not in bodies:
        faults["matters"] = ["没有这个部门，请重新选"]
    elif not scope.field and not known:
        faults["matters"] = ["请选要代办的事，至少一件"]
    elif len(known) > bounds.most:
        faults["matters"] = [f"一份授权最多写 {bounds.most} 件事；还有别的，请另写一份"]
    if scope.days not in bounds.periods:
        faults["days"] = ["请在给出的期限里选一个"]
    if faults:
        raise Invalid(fields=faults)
    return {
        "matters": [one.code for one in known],
        "titles": [f"{bodies[scope.field]}办理的事"] if scope.field else [o.name for o in known],
        "field": scope.field,
        "until": clock.today() + timedelta(days=scope.days),
        "tells": scope.tells,
    }


def locked(mandate_id: UUID, by: Actor) -> Mandate:
    mandate = Mandate.objects.select_for_update().filter(public_id=mandate_id).first()
    if mandate is None or not policy.may_see(by, mandate):
        raise NotFound
    return mandate


def need(mandate: Mandate, state: State) -> None:
    if mandate.state != state:
        raise WrongState


def agreed(mandate: Mandate, way: Way, by: Actor) -> Mandate:
    if mandate.state == State.AGREED:
        return mandate  # agreed twice is once
    need(mandate, State.PROPOSED)
    if mandate.until < clock.today():
        raise WrongState
    mandate.state, mandate.way = State.AGREED, way
    mandate.agreed_at, mandate.agreed_by_name = clock.now(), by.name
    mandate.save(update_fields=["state", "way", "agreed_at", "agreed_by_name"])
    audit.record(by=by, action="mandates.agreed", subject=mandate.audit_subject)
    telling.tell_agreed(mandate)
    return mandate


def taken_back(mandate: Mandate, why: str, by: Actor) -> None:
    """From this moment nothing is done under it any more, and both know."""
    if not is_in_force(mandate):
        raise WrongState
    ended(mandate, State.ENDED, why.strip()[:200], by)
    telling.tell_ended(mandate, by)


def ended(mandate: Mandate, state: State, why: str, by: Actor) -> None:
    mandate.state, mandate.ended_at = state, clock.now()
    mandate.ended_by_name, mandate.ended_why = by.name, why
    mandate.save(update_fields=["state", "ended_at", "ended_by_name", "ended_why"])
    audit.record(by=by, action=f"mandates.{state}", subject=mandate.audit_subject)
