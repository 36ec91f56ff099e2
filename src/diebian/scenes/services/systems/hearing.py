"""What a department's system says became of its cases: asked regularly, or told by itself.

Each line of its log counts once, in the order of its numbers: a double changes nothing, one that
comes late is kept and not followed. What it decided is done by the same actions as a reviewer's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from diebian.base.exchange.public import Errand, call
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case, Overran, State
from diebian.scenes.services.system_models import CaseSystem, Heard, Means
from diebian.security.identity.public import Actor, Kind, Refused, subject_ref

from . import policy
from .refusals import ChangesUnclear

MOST_PAGES = 20
READER = "系统自动取进度"
UNEXPLAINED = "部门系统没有说明超过承诺的原因"
NO_WORDS = "部门系统没有写理由，请向办理部门询问"
Outcome = Heard.Outcome


@dataclass(frozen=True)
class Change:
    seq: int
    case_no: str
    state: str
    number: str = ""
    says: str = ""


def hear_all(*, by: Actor) -> int:
    """Every system once. One that is away holds up no other; its page says so."""
    if not policy.may_run(by):
        raise Refused
    return sum(_heard_from(one) for one in CaseSystem.objects.filter(retired_on=None))


def _heard_from(system: CaseSystem) -> int:
    taken, away = 0, ""
    try:
        for page in pages_since(system, system.heard_seq):
            taken += take(name=system.name, changes=page)
            read = max(one.seq for one in page)
            CaseSystem.objects.filter(pk=system.pk).update(heard_seq=read)
    except DiebianError as error:
        away = error.title
    told = {"away": away} if away else {"away": "", "heard_at": clock.now()}
    CaseSystem.objects.filter(pk=system.pk).update(**told)
    return taken


def pages_since(system: CaseSystem, seq: int) -> Iterator[Sequence[Change]]:
    """Of its log. Raises what `call` raises. It is about many cases, so it goes under the day."""
    errand = Errand(
        system=system.caller,
        purpose=system.purpose,
        case_no=f"log-{clock.today():%Y%m%d}",
        subject=subject_ref(f"log of {system.name}"),  # nobody's: the log names no person
        reader=READER,
    )
    for _ in range(MOST_PAGES):
        answer = call(errand=errand, resource=system.changes, parameters={"since": str(seq)})
        page = [one for one in changes_in(answer.rows) if one.seq > seq]
        if not page:
            return
        yield page
        seq = max(one.seq for one in page)


def changes_in(rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Refuses the whole where one line cannot be read: nothing of it is guessed."""
    try:
        told = [
            Change(
                seq=int(row["seq"]),
                case_no=str(row["case_no"])[:40],
                state=str(row["state"])[:40],
                number=str(row.get("number", ""))[:60],
                says=str(row.get("says", ""))[:300],
            )
            for row in rows
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise ChangesUnclear from error
    if any(one.seq < 0 for one in told):
        raise ChangesUnclear
    return told


def tell_changes(*, name: str, changes: Sequence[Change], by: Actor) -> int:
    """The system says it by itself. How far its log was read stays: what lies between comes."""
    system = CaseSystem.objects.select_related("department").filter(name=name).first()
    if system is None or not policy.may_tell(by, system):
        raise NotFound
    return take(name=name, changes=changes)


@transaction.atomic
def take(*, name: str, changes: Sequence[Change]) -> int:
    """How many were new. One at a time for each system: its lines have an order."""
    system = CaseSystem.objects.select_for_update(of=("self",)).select_related("department").get(
        name=name
    )  # fmt: skip
    known = set(
        system.heard.filter(seq__in=[one.seq for one in changes]).values_list("seq", flat=True)
    )
    new = {one.seq: one for one in changes if one.seq not in known}
    for seq in sorted(new):
        outcome, note = _follow(system, new[seq])
        Heard.objects.create(
            system=system, seq=seq, number=new[seq].number, case_no=new[seq].case_no,
            state=new[seq].state, says=new[seq].says, outcome=outcome, note=note, at=clock.now(),
        )  # fmt: skip
    return len(new)


def _follow(system: CaseSystem, told: Change) -> tuple[str, str]:
    case = Case.objects.select_related("department", "version").filter(case_no=told.case_no).first()
    if case is None or case.version.document.get("system", "") != system.name:
        return Outcome.UNKNOWN, ""
    last = system.heard.filter(case_no=told.case_no).aggregate(last=Max("seq"))["last"]
    if last is not None and last > told.seq:
        return Outcome.LATE, ""
    means = system.states.get(told.state, "")
    if means not in set(Means):
        return Outcome.UNFIT, f"没有约定“{told.state}”是什么意思"
    try:
        with transaction.atomic():
            return _do(case, Means(means), told.says, _itself(system, case)), ""
    except DiebianError as error:
        return Outcome.UNFIT, error.sentence[:300]


def _do(case: Case, means: Means, says: str, by: Actor) -> str:
    late = actions.Overrun(Overran.OTHERS, says or UNEXPLAINED)
    if means == Means.SUPPLEMENT:
        actions.ask_supplement(case_no=case.case_no, wanted=says, is_confirmed=True, by=by)
    elif means == Means.GRANTED and case.state != State.APPROVED:
        actions.approve(case_no=case.case_no, overrun=late, by=by)
    elif means == Means.REFUSED and case.state != State.REFUSED:
        reason = says or NO_WORDS
        actions.refuse(case_no=case.case_no, reason=reason, overrun=late, is_confirmed=True, by=by)
    else:
        return Outcome.NOTED
    return Outcome.TAKEN


def _itself(system: CaseSystem, case: Case) -> Actor:
    """In the name of the body that decides: a city's system serves its counties as well."""
    return Actor(
        name=f"{system.name}业务系统",
        department=case.department.credit_code,
        kind=Kind.SYSTEM,
        key=f"case-system:{system.name}",
    )
