"""A licence that was issued here is suspended, restored, revoked, cancelled or void: with a reason
and an article, by two persons. Whoever checks it afterwards is told.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy, telling
from .acts_models import LEADS_TO, Act, LicenceAct, Verdict
from .models import Licence
from .refusals import ActGone, ActImpossible, ActWaits, ReasonMissing
from .states import State, may_turn

SHORTEST = 2


@transaction.atomic
def propose(*, public_id: UUID, act: str, reason: str, basis: str, by: Actor) -> LicenceAct:
    """By a reviewer of the department that issued it; nothing changes until its head agrees."""
    licence = _locked(public_id, by)
    if not policy.may_propose(by, licence):
        raise Refused
    words = reason.strip(), basis.strip()
    if min(map(len, words)) < SHORTEST:
        raise ReasonMissing
    if act not in Act.values or not may_turn(licence.state, LEADS_TO[Act(act)]):
        raise ActImpossible(f"现在是“{State(licence.state).label}”")
    try:
        with transaction.atomic():
            made = LicenceAct.objects.create(
                licence=licence, act=act, reason=words[0], basis=words[1], proposed_by=by.key,
                proposed_by_name=by.name, proposed_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise ActWaits from error
    audit.record(by=by, action="licences.act.proposed", subject=_subject(licence))
    telling.tell_head(made)
    return made


@transaction.atomic
def agree(*, act_id: int, by: Actor) -> LicenceAct:
    """From here on it is so, for whoever checks the licence. Its holder is told with the reason."""
    found = _waiting(act_id, by)
    licence, leads_to = found.licence, LEADS_TO[Act(found.act)]
    if not may_turn(licence.state, leads_to):
        raise ActImpossible(f"现在是“{State(licence.state).label}”")
    _decided(found, Verdict.AGREED, by)
    licence.state = leads_to
    licence.save(update_fields=["state"])
    audit.record(by=by, action=f"licences.{found.act}", subject=_subject(licence))
    telling.tell_holder(found)
    return found


@transaction.atomic
def decline(*, act_id: int, why: str, by: Actor) -> LicenceAct:
    found = _waiting(act_id, by)
    if len(why.strip()) < SHORTEST:
        raise ReasonMissing
    _decided(found, Verdict.DECLINED, by, why=why.strip())
    audit.record(by=by, action="licences.act.declined", subject=_subject(found.licence))
    telling.tell_proposer(found)
    return found


def _locked(public_id: UUID, by: Actor) -> Licence:
    rows = Licence.objects.select_for_update(of=("self",)).select_related("issuer")
    found = rows.filter(public_id=public_id, issuer__credit_code=by.department).first()
    if found is None:
        raise NotFound
    return found


def _waiting(act_id: int, by: Actor) -> LicenceAct:
    """Locks the licence first, as `propose` does."""
    told = LicenceAct.objects.filter(pk=act_id).select_related("licence").first()
    if told is None:
        raise NotFound
    licence = _locked(told.licence.public_id, by)
    found = LicenceAct.objects.select_for_update().get(pk=act_id)
    found.licence = licence
    if not policy.may_agree(by, found):
        raise Refused
    if found.verdict != Verdict.PROPOSED:
        raise ActGone
    return found


def _decided(found: LicenceAct, verdict: Verdict, by: Actor, *, why: str = "") -> None:
    found.verdict, found.why, found.decided_at = verdict, why, clock.now()
    found.decided_by, found.decided_by_name = by.key, by.name
    found.save(update_fields=["verdict", "why", "decided_at", "decided_by", "decided_by_name"])


def _subject(licence: Licence) -> str:
    return f"licence:{licence.identifier}"
