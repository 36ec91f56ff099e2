"""What is kept of clocks, derived again from the events: by night, and with a new calendar."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from diebian.base.messages.public import notify_all
from diebian.scenes.services.models import OPEN, Case, KeptOutlook
from diebian.scenes.services.outlooks import keep_rows
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding

from . import policy
from .carded import open_cases
from .heaps import EVERY, heaps_of, outlooks

NAMED = 3


@transaction.atomic
def check_outlooks(*, by: Actor) -> Sequence[str]:
    """Numbers of the cases of which other days were kept than their events tell; now they agree.

    The authority is told: something has written past the actions, or counts otherwise than before.
    """
    if not policy.may_derive(by):
        raise Refused
    wrong = _put_right()
    if wrong:
        subjects = [f"case:{case_no}" for case_no in wrong]
        audit.record_each(by=by, action="services.case.outlook_corrected", subjects=subjects)
        named = "、".join(wrong[:NAMED])
        body = f"{len(wrong)} 件办件记下的挂牌日、提醒日与办理经过不符，已按经过改正：{named}"
        rest = "等。" if len(wrong) > NAMED else "。"
        keys = officials_holding(Post.AUTHORITY)
        notify_all(keys=keys, title="办件时限核对", body=f"{body}{rest}", by=PLATFORM)
    return wrong


@transaction.atomic
def derive_outlooks(*, by: Actor) -> None:
    """With another calendar other days are right: nobody made a mistake."""
    if not policy.may_derive(by):
        raise Refused
    _put_right()


def _put_right() -> Sequence[str]:
    """Looks at all, then again at those that differ, under their locks: some were just moving.

    What could not be derived before, and now can, is no difference.
    """
    suspects = [row.pk for row in _differing(open_cases())]
    suspects += KeptOutlook.objects.exclude(case__state__in=OPEN).values_list("pk", flat=True)
    held = Case.objects.filter(pk__in=suspects).order_by("pk").select_for_update(no_key=True)
    numbers = {case.pk: case.case_no for case in held.only("case_no", "state")}
    rows = Case.objects.filter(pk__in=numbers)
    over = KeptOutlook.objects.filter(case__in=rows.exclude(state__in=OPEN))
    unsure = KeptOutlook.objects.filter(case__in=rows, is_derived=False)
    anew = _differing(open_cases().filter(pk__in=numbers))
    wrong = {row.pk for row in anew} | set(over.values_list("pk", flat=True))
    wrong -= set(unsure.values_list("pk", flat=True))
    over.delete()
    keep_rows(anew)
    return sorted(numbers[key] for key in wrong)


def _differing(rows: QuerySet[Case]) -> list[KeptOutlook]:
    """What ought to be kept of those of whom something else is, or nothing."""
    if not rows.exists():
        return []
    kept = {one.pk: one for one in KeptOutlook.objects.filter(case__in=rows)}
    foresee = outlooks()
    return [
        ahead.row_of(key, kept[key].looked_on if key in kept else None)
        for heap in heaps_of(rows, EVERY)
        for ahead in [foresee(heap)]
        for key in heap.first
        if not ahead.is_kept(kept.get(key))
    ]
