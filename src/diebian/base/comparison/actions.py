"""A comparison is declared, and with it asked for; then run, stopped, run again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from diebian.base.catalogue.public import read_columns
from diebian.base.exchange.public import Mode, request_share
from diebian.base.lake.public import LakeTable, lake_table, last_snapshot
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import policy
from .leave import is_agreed
from .models import OPEN, Comparison, Outcome, Run
from .mounted import resource_of
from .plan import Plan, checked, plan_of
from .refusals import (
    AlreadyRunning,
    NotAgreed,
    NotDone,
    NothingCollected,
    NotListed,
    NotMounted,
    NotRunning,
    SlugTaken,
    TermsUnclear,
    TooManyRuns,
)

TIER = "bulk"  # of the request: it is about whole tables
LONGEST_SCENE = 200
# Whoever changes the own table and compares again guesses: as often a day as for one person.
RUNS_A_DAY = 5


@transaction.atomic
def declare(
    *,
    slug: str,
    title: str,
    left: str,
    right: str,
    plan: Mapping[str, Any],
    purpose: str,
    legal_basis: str,
    valid_to: date,
    seen_by: Sequence[str],
    by: Actor,
) -> Comparison:
    """Asks each other department whose table it is for its leave, by the way of a share request.

    `left`, `right`: collections; `seen_by`: posts of the asking department that may see persons.
    """
    if not policy.may_declare(by):
        raise Refused
    texts = [title.strip(), purpose.strip(), legal_basis.strip()]
    if not all(texts) or not seen_by or set(seen_by) - set(policy.SEERS):
        raise TermsUnclear
    sides = {"left": lake_table(left), "right": lake_table(right)}
    told = checked(plan_of(plan), sides["left"].types, sides["right"].types)
    terms = {"purpose": texts[1], "legal_basis": texts[2], "valid_to": valid_to}
    asked = {
        side: None
        if of.department == by.department
        else _ask(side, of, told, title=texts[0], terms=terms, by=by)
        for side, of in sides.items()
    }
    made = Comparison(
        slug=slug,
        title=texts[0],
        consumer_id=department_key(by),
        purpose=texts[1],
        legal_basis=texts[2],
        left_id=sides["left"].number,
        right_id=sides["right"].number,
        left_request_id=asked["left"],
        right_request_id=asked["right"],
        plan=told.as_data(),
        seen_by=list(seen_by),
        declared_by=by.key,
        declared_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise SlugTaken(slug) from error
    audit.record(by=by, action="comparison.declared", subject=made.audit_subject)
    return made


def _ask(
    side: str, of: LakeTable, plan: Plan, *, title: str, terms: Mapping[str, Any], by: Actor
) -> int:
    """In the catalogue's words: which of the resource's columns are read, and what comes of it."""
    resource = resource_of(of)
    if resource is None:
        raise NotMounted(of.title)
    columns = plan.columns(side)
    known = read_columns(resource, of.slug, columns)
    if unlisted := [one for one in columns if one not in known]:
        raise NotListed("、".join(unlisted))
    found = "、".join(str(Outcome(one).label) for one in plan.wanted)
    scene = f"批量比对“{title}”，只得到结果，不得到内容；要名单的：{found}"
    return request_share(
        resource=resource.slug,
        **terms,
        scene=scene[:LONGEST_SCENE],
        columns=[known[one].ours for one in columns],
        tier=TIER,
        mode=Mode.COMPARE,
        by=by,
    ).pk


@transaction.atomic
def start(*, slug: str, by: Actor, repeats: int | None = None) -> Run:
    """A run over what the lake has now; `repeats`: over what an earlier run had."""
    one = _locked(slug)
    if not policy.may_run(by, one):
        raise Refused
    if not is_agreed(one):
        raise NotAgreed
    if one.runs.filter(state__in=OPEN).exists():
        raise AlreadyRunning
    before = _earlier(one, repeats) if repeats is not None else None
    if before is None and _asked_today(one) >= RUNS_A_DAY:
        raise TooManyRuns
    left, right = (before.left_snapshot, before.right_snapshot) if before else _snapshots(one)
    last = one.runs.order_by("-number").values_list("number", flat=True).first() or 0
    made = Run.objects.create(
        comparison=one,
        number=last + 1,
        left_snapshot=left,
        right_snapshot=right,
        repeats=before,
        asked_by=by.key,
        asked_by_name=by.name,
        asked_at=clock.now(),
    )
    audit.record(by=by, action="comparison.run.asked", subject=one.audit_subject)
    return made


@transaction.atomic
def stop(*, run_id: int, by: Actor) -> Run:
    """It ends before its next step; of what it found no list stays."""
    run = Run.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None or not policy.may_see(by, run.comparison):
        raise NotFound
    if not policy.may_run(by, run.comparison):
        raise Refused
    if run.state not in OPEN:
        raise NotRunning
    run.is_stopping = True
    run.save(update_fields=["is_stopping"])
    audit.record(by=by, action="comparison.run.stopped", subject=run.comparison.audit_subject)
    return run


def _asked_today(one: Comparison) -> int:
    """Those that could tell something new: over what the lake had then, not over an old state."""
    began = clock.midnight()
    return one.runs.filter(asked_at__gte=began, repeats=None).count()


def _snapshots(one: Comparison) -> tuple[int, int]:
    left, right = last_snapshot(one.left.slug), last_snapshot(one.right.slug)
    if left is None or right is None:
        raise NothingCollected
    return left, right


def _earlier(one: Comparison, run_id: int) -> Run:
    found = one.runs.filter(pk=run_id).first()
    if found is None:
        raise NotFound
    if not found.digest:
        raise NotDone
    return found


def _locked(slug: str) -> Comparison:
    found = Comparison.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found
