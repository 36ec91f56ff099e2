"""A person says of two sides whether they are the same. It holds from the next build on."""

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .looking import plan_now
from .models import Base, Decision, UncertainPair, Verdict
from .refusals import DecisionGone, PairGone, ReasonMissing

SHORTEST = 2


@transaction.atomic
def decide(*, pair_id: int, digest: str, verdict: str, reason: str, by: Actor) -> Decision:
    """`digest`: of what was on the page. If the pair has other values by now, it is refused."""
    pairs = UncertainPair.objects.select_for_update(of=("self",)).select_related("base__owner")
    pair = pairs.filter(pk=pair_id).first()
    if pair is None or pair.digest != digest:
        raise PairGone
    _check(by, pair.base)
    if len(reason.strip()) < SHORTEST or verdict not in Verdict.values:
        raise ReasonMissing
    sides = {"base": pair.base, "left": pair.left, "right": pair.right}
    standing = Decision.objects.select_for_update().filter(**sides, revoked_at=None).first()
    if standing is not None:
        if standing.digest == digest and standing.verdict != Verdict.UNSURE:
            raise PairGone
        _revoke(standing, by, "另作决定")
    made = Decision.objects.create(
        **sides,
        digest=digest,
        verdict=verdict,
        reason=reason.strip(),
        score=pair.score,
        levels=pair.levels,
        version_id=pair.version_id,
        decided_by=by.name,
        decided_at=clock.now(),
    )
    audit.record(by=by, action=f"masterdata.decided.{verdict}", subject=made.audit_subject)
    return made


@transaction.atomic
def revoke(*, decision_id: int, reason: str, by: Actor) -> Decision:
    """The next build asks again."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("base__owner")
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise NotFound
    _check(by, found.base)
    if found.revoked_at is not None:
        raise DecisionGone
    if len(reason.strip()) < SHORTEST:
        raise ReasonMissing
    _revoke(found, by, reason.strip())
    audit.record(by=by, action="masterdata.decision.revoked", subject=found.audit_subject)
    return found


def _revoke(found: Decision, by: Actor, why: str) -> None:
    found.revoked_by, found.revoked_at, found.revoked_why = by.name, clock.now(), why
    found.save(update_fields=["revoked_by", "revoked_at", "revoked_why"])


def _check(by: Actor, base: Base) -> None:
    plan = plan_now(base)
    if not policy.may_decide(by, base, plan.seen_by):
        raise Refused
