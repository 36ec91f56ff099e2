"""对账: each day, what a system says of its cases is held against what stands here, both ways."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Min

from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.models import OPEN, Case
from diebian.scenes.services.system_models import ENDED, CaseSystem, Difference, Push
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .hearing import Change, pages_since

Kind = Difference.Kind
PATIENCE = timedelta(hours=1)  # so long something may be on its way
DO = {
    Kind.NOT_THERE: "再推送一次；推过还没有的，请部门的系统管理员查接收记录",
    Kind.NOT_HERE: "请部门核对它从哪里来：窗口直接收的，不用管；写错编号的，请改正",
    Kind.ENDED_THERE: "看“不能照此办”的原因；处理好以后再对一次",
    Kind.ENDED_HERE: "请部门在自己的系统里结束这一件，写明这里的结果",
    Kind.UNSENT: "看推送不出去的原因；对方系统恢复后会自己再推",
}
Found = tuple[Kind, str, str]  # kind, case number, note


def compare_all(*, by: Actor) -> int:
    if not policy.may_run(by):
        raise Refused
    return sum(_compared(one) for one in CaseSystem.objects.filter(retired_on=None))


def compare(*, system: CaseSystem, by: Actor) -> int:
    """At once, for whoever tends it. Raises what `call` raises while the system is away."""
    if not policy.may_tend(by, system):
        raise Refused
    audit.record(by=by, action="services.system.compared", subject=f"case-system:{system.name}")
    return _keep(system, _last_of_each(system))


def _compared(system: CaseSystem) -> int:
    try:
        return _keep(system, _last_of_each(system))
    except DiebianError as error:  # tomorrow again; the page says since when nothing was compared
        CaseSystem.objects.filter(pk=system.pk).update(away=error.title)
        return 0


def _last_of_each(system: CaseSystem) -> dict[str, Change]:
    """What it says now of every case that is open here, read anew from where the oldest began."""
    open_here = Push.objects.filter(system=system, case__state__in=OPEN).values("case__case_no")
    oldest = system.heard.filter(case_no__in=open_here).aggregate(oldest=Min("seq"))["oldest"]
    since = system.heard_seq if oldest is None else oldest - 1
    told: dict[str, Change] = {}
    for page in pages_since(system, since):
        for one in page:
            if one.case_no not in told or told[one.case_no].seq < one.seq:
                told[one.case_no] = one
    return told


@transaction.atomic
def _keep(system: CaseSystem, told: dict[str, Change]) -> int:
    CaseSystem.objects.select_for_update().get(pk=system.pk)
    now, open_ones = clock.now(), system.differences.filter(settled_at=None)
    known = {(one.kind, one.case_no): one for one in open_ones}
    found = {(str(kind), case_no): note for kind, case_no, note in _found(system, told)}
    new = [key for key in found if key not in known]
    Difference.objects.bulk_create(
        Difference(system=system, kind=kind, case_no=case_no, note=found[kind, case_no][:300],
                   found_at=now)
        for kind, case_no in new
    )  # fmt: skip
    gone = [one.pk for key, one in known.items() if key not in found]
    Difference.objects.filter(pk__in=gone).update(settled_at=now)
    CaseSystem.objects.filter(pk=system.pk).update(compared_at=now, away="")
    return len(found)


def _found(system: CaseSystem, told: dict[str, Change]) -> Iterator[Found]:
    before = clock.now() - PATIENCE
    pushes = system.pushes.filter(kind=Push.Kind.OPENED).select_related("case")
    for push in pushes.filter(case__state__in=OPEN, state=Push.State.SENT, sent_at__lt=before):
        number, last = push.case.case_no, told.get(push.case.case_no)
        if last is None:
            yield Kind.NOT_THERE, number, ""
        elif _ended(system, last):
            heard = system.heard.filter(case_no=number, seq=last.seq).first()
            yield Kind.ENDED_THERE, number, heard.note if heard else ""
    for push in system.pushes.filter(state=Push.State.WAITING, made_at__lt=before):
        yield Kind.UNSENT, push.case.case_no, push.why
    yield from _ended_here(system, told)
    numbers = Case.objects.filter(case_no__in=list(told)).values_list("case_no", flat=True)
    for number in set(told) - set(numbers):
        yield Kind.NOT_HERE, number, f"对方的编号 {told[number].number}"


def _ended_here(system: CaseSystem, told: dict[str, Change]) -> Iterator[Found]:
    rows = Case.objects.filter(case_no__in=list(told), pushes__system=system)
    for case in rows.exclude(state__in=OPEN).distinct():
        if not _ended(system, told[case.case_no]):
            is_told = case.pushes.filter(kind=Push.Kind.WITHDRAWN, state=Push.State.SENT).exists()
            if not is_told:
                yield Kind.ENDED_HERE, case.case_no, f"这里：{case.get_state_display()}"


def _ended(system: CaseSystem, last: Change) -> bool:
    return system.states.get(last.state) in ENDED
