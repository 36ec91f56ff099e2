"""A mandate's life: proposed, agreed to by the giver, used, ended. Each verb is somebody's."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, person

from . import policy, telling
from .matters import Matter
from .models import Mandate, State, Use, Way
from .refusals import NotGiven, Over
from .rows import Scope, agreed, ended, known, locked, need, proposed, taken_back
from .selectors import is_in_force, once_stood, standing_in_each


@transaction.atomic
def give(*, holder_id_number: str, holder_name: str, scope: Scope, by: Actor) -> Mandate:
    """The giver names whom and for what, and agrees on the next page, having read it whole."""
    if not policy.may_propose(by):
        raise Refused
    return proposed(person(by.key), known(holder_id_number, holder_name), scope, by)


@transaction.atomic
def ask_for(*, giver_id_number: str, giver_name: str, scope: Scope, by: Actor) -> Mandate:
    """Whoever wants to help asks; nothing holds until the giver has agreed herself."""
    if not policy.may_propose(by):
        raise Refused
    made = proposed(known(giver_id_number, giver_name), person(by.key), scope, by)
    telling.tell_asked(made)
    return made


@transaction.atomic
def agree(*, mandate_id: UUID, by: Actor) -> Mandate:
    """Her own login. Until the last day, that day included."""
    mandate = locked(mandate_id, by)
    if not policy.may_agree(by, mandate):
        raise Refused
    return agreed(mandate, Way.ONLINE, by)


@transaction.atomic
def decline(*, mandate_id: UUID, by: Actor) -> Mandate:
    """The giver says no, or whoever asked does not want it any more."""
    mandate = locked(mandate_id, by)
    need(mandate, State.PROPOSED)
    ended(mandate, State.DECLINED, "", by)
    return mandate


@transaction.atomic
def end(*, mandate_id: UUID, why: str = "", by: Actor) -> Mandate:
    """收回, or given back: from this moment nothing is done under it any more."""
    mandate = locked(mandate_id, by)
    if not policy.may_end(by, mandate):
        raise Refused
    taken_back(mandate, why, by)
    return mandate


@transaction.atomic
def use(
    *, giver: str, matters: Sequence[Matter], act: str, about: str, link: str, by: Actor
) -> None:
    """Call it in the transaction of the act: the mandates are held until it commits, so that
    nothing is done under one that was taken back. The act is one, whatever it is about; where the
    matters stand in several mandates it is written under each. Raises `Over`, or `NotGiven` where
    there never was one.
    """
    found = standing_in_each(holder=by, giver=giver, matters=matters)
    for matter in matters:
        if matter.code not in found:
            raise Over if once_stood(holder=by, giver=giver, matter=matter) else NotGiven
    ids = {one.mandate_id for one in found.values() if one.mandate_id}
    rows = list(Mandate.objects.select_for_update().filter(public_id__in=ids).order_by("pk"))
    if not all(is_in_force(row) for row in rows):
        raise Over
    if not rows:  # by law: no mandate is used
        audit.record(by=by, action="mandates.acted_as_head", subject=f"company:{giver}")
    for row in rows:
        told = {"act": act, "about": about[:200], "link": link}
        Use.objects.create(mandate=row, at=clock.now(), **told)
        audit.record(by=by, action="mandates.used", subject=row.audit_subject)
        telling.tell_used(row, act, about, link)
