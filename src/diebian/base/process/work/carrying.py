"""One leased job: a system is asked outside of any step, then a step takes the answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from diebian.base.process.definitions.drawing import WITHDRAWN
from diebian.base.process.definitions.services import (
    Answered,
    Asked,
    Caller,
    Opening,
    owner_of,
    owners,
    services,
)
from diebian.base.process.running import rows
from diebian.base.process.running.lifting import withdraw, withdrawal
from diebian.base.process.running.models import (
    Case,
    CaseState,
    Incident,
    Job,
    JobKind,
    JobState,
)
from diebian.base.process.running.moves import happen, leave
from diebian.base.process.running.selectors import called_at
from diebian.base.process.running.step import Step, stepping
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError, first_line
from diebian.security.identity.public import PLATFORM

from .leasing import Leased, lease
from .reminding import remind

MOST_TRIES = 8  # some two hours; then a person looks at it
LONGEST_PAUSE = timedelta(hours=1)
log = logging.getLogger(__name__)
ENDED = """update process_job set state = %s, ended_at = %s, said = %s
where id = %s and state = 'due' and lease = %s"""
Point = Callable[[str], None]


@dataclass(frozen=True)
class Opened:
    """What an owner has opened: the case's number."""

    case: int


def _nowhere(_: str) -> None:
    """Where tests let a worker die."""


def work_one(point: Point = _nowhere) -> bool:
    """Whether there was anything to do."""
    job = lease()
    if job is None:
        return False
    point("leased")
    try:
        answered = _done_outside(job)
        point("answered")
        _take(job, answered, point)
    except DiebianError as error:
        _give_up(job, error.told)
    except Exception as error:  # a handler is somebody else's code: whatever it is, try again
        log.warning("%s: %s", job.key, error)
        _later(job, first_line(error))
    return True


def work_through(most: int = 10_000) -> int:
    """All that is due now; returns how many."""
    done = 0
    while done < most and work_one():
        done += 1
    return done


def _done_outside(job: Leased) -> Answered | Opened | None:
    if job.kind == JobKind.SERVICE:
        return _opened(job) if "called" in job.facts else _asked(job)
    owner = owner_of(_process(job.case)) if job.kind == JobKind.WITHDRAW else None
    if owner:
        owner.withdraw(job.business_key)
    return None


def _process(case: int) -> str:
    row = Case.objects.filter(pk=case).values_list("version__key", flat=True)
    return row.get()


def _opened(job: Leased) -> Opened:
    """By its owner, who may have died after it the last time."""
    host, facts = Case.objects.get(pk=job.case), job.facts
    caller = Caller(job.case, job.token or 0, host.depth + 1)
    opening = Opening(caller, host.business_key, facts["element"], facts["item"], host.title,
                      facts["department"], host.person, facts["form"])  # fmt: skip
    return Opened(called_at(caller) or owners.get(facts["called"]).open(opening))


def _asked(job: Leased) -> Answered:
    facts = job.facts
    asked = Asked(job.key, job.case, job.business_key, facts["element"], facts["item"], job.form)
    return services.get(facts["topic"]).ask(asked)


def _take(job: Leased, answered: Answered | Opened | None, point: Point) -> None:
    with stepping(job.case, f"job.{job.kind}", PLATFORM, closed_too=True) as step:
        if _end(job, JobState.DONE):
            _apply(step, job, answered)
        elif isinstance(answered, Opened):
            _call_back(step, answered)
        elif answered is not None and _is_cancelled(job):
            _too_late(step, job, answered)
        point("stepped")
    point("committed")


def _apply(step: Step, job: Leased, answered: Answered | Opened | None) -> None:
    if job.kind == JobKind.WITHDRAW:
        _called_back(step, job)
        return
    token = step.tokens.get(job.token or 0)
    if token is None:  # the case went on without it
        return
    if isinstance(answered, Opened):
        token.child = answered.case
        step.put(token)
        step.log("called", token.element, case=answered.case, item=token.item)
    elif answered is not None:
        if answered.form:
            step.amend(answered.form)
        step.decide(token, answered.outcome, evidence=dict(answered.evidence) or None)
        leave(step, token)
    elif job.kind == JobKind.CHILD:
        step.decide(token, job.facts["outcome"])
        leave(step, token)
    elif "remind" in job.facts:
        remind(step, token, job.facts["remind"])
    elif "event" in job.facts:
        happen(step, token, step.drawing.nodes[job.facts["event"]])
    else:
        step.log("timer", token.element)
        leave(step, token)


def _call_back(step: Step, opened: Opened) -> None:
    """Opened for a case that went on without it meanwhile; or it has come to its end already."""
    is_known = any(one.child == opened.case for one in step.tokens.values())
    if not is_known and Case.objects.filter(pk=opened.case, state=CaseState.OPEN).exists():
        step.changes.jobs.append(withdrawal(step, opened.case))


def _called_back(step: Step, job: Leased) -> None:
    if step.tokens:
        withdraw(step)
    elif step.case.outcome != WITHDRAWN:
        said = f"要撤回时已经办结（{step.case.outcome}），请看是否要撤销"
        step.incident(said, "", token=None, job=job.id)


def _too_late(step: Step, job: Leased, answered: Answered) -> None:
    """The system has done it, and nobody wants it any more: a person has to undo it there."""
    step.log("late", job.facts["element"], outcome=answered.outcome, evidence=answered.evidence)
    said = f"已不需要的“{job.facts['topic']}”还是办了（{answered.outcome}），请到那个系统里撤销"
    step.incident(said, job.facts["element"], token=job.token, job=job.id)


def _is_cancelled(job: Leased) -> bool:
    """Else another turn has done it by now."""
    return Job.objects.filter(pk=job.id, lease=job.lease, state=JobState.CANCELLED).exists()


def _end(job: Leased, state: JobState, said: str = "") -> bool:
    told = (state, clock.now(), said[:500], job.id, job.lease)
    return rows.cursor().execute(ENDED, told).rowcount == 1


def _later(job: Leased, said: str) -> None:
    if job.tries >= MOST_TRIES:
        _give_up(job, f"试了 {job.tries} 次都没有成功：{said}")
        return
    pause = min(LONGEST_PAUSE, timedelta(seconds=2**job.tries))
    mine = Job.objects.filter(pk=job.id, lease=job.lease, state=JobState.DUE)
    mine.update(due_at=clock.now() + pause, said=said[:500])


@transaction.atomic
def _give_up(job: Leased, said: str) -> None:
    """A person looks at it; `retry` makes it due again."""
    if _end(job, JobState.ILL, said):
        Incident.objects.create(
            case_id=job.case, token=job.token, job=job.id,
            element=job.facts.get("element", ""), sentence=said[:1000], at=clock.now(),
        )  # fmt: skip
