"""待办 of an official: what the engine says waits before her desk, with its case and its clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.base.process.public import (
    FIRST,
    NoSuchCase,
    Place,
    TaskLine,
    Word,
    case_named,
    desk_tasks,
    is_urged_today,
    places_of,
    words_asked,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.carrying.following import KEY, key_of
from diebian.scenes.services.carrying.own import outcomes_at
from diebian.scenes.services.models import OPEN, Case, State
from diebian.scenes.services.selectors import clock_of
from diebian.scenes.services.standard_item import GRANT
from diebian.scenes.services.ways.selectors import back_from
from diebian.security.identity.public import (
    Actor,
    Post,
    department_names,
    departments_holding,
    names_of,
    officials_holding,
)
from diebian.standards.deadlines import Clock
from diebian.standards.deadlines import State as ClockState

A_DAY = timedelta(days=1)
OF_OTHERS = (State.SUPPLEMENT, State.SUSPENDED)  # the person's turn, the head's turn
MOST_OF_OTHERS = 100


@dataclass(frozen=True)
class Row:
    line: TaskLine
    case: Case
    told: Clock
    days: int  # at this step
    is_mine: bool

    @property
    def is_plain(self) -> bool:
        """One of those that may be decided together: in time, and nothing to look at."""
        is_late = self.told.is_past_promise or self.told.state == ClockState.UNKNOWN
        is_ready = self.case.state == State.UNDER_REVIEW and GRANT in self.line.outcomes
        return is_ready and not is_late and not self.case.attention


@dataclass(frozen=True)
class WorkPage:
    rows: Sequence[Row]
    after: str  # of the next page; empty on the last


@dataclass(frozen=True)
class CaseTask:
    """The step that a case stands at, for whoever has its page open."""

    task: int
    name: str
    days: int
    holder: str  # the name; empty where nobody has claimed it
    may_claim: bool
    is_mine: bool
    colleagues: dict[str, str]
    desks: dict[str, str]
    words: Sequence[tuple[Word, str]]  # with the department's name
    outcomes: Sequence[str] = ()  # of a step of the item's own
    back: Mapping[str, str] = field(default_factory=dict)  # earlier steps, by element

    @property
    def is_waited_for(self) -> bool:
        return any(word.at is None for word, _ in self.words)


def work_page(by: Actor, after: str = "") -> WorkPage:
    """The oldest first; what somebody else has claimed is not in it."""
    page = desk_tasks(by=by, after=_place(after))
    numbers = [line.business_key.removeprefix(KEY) for line in page.lines]
    found = {one.case_no: one for one in _cases(numbers)}
    calendar, now = working_calendar(), clock.now()
    rows = [
        Row(line, found[number], clock_of(found[number], calendar), (now - line.since) // A_DAY,
            line.holder == by.key)
        for line, number in zip(page.lines, numbers, strict=True) if number in found
    ]  # fmt: skip
    return WorkPage(rows, _told(page.after))


def waiting_for_others(by: Actor) -> list[tuple[Case, Clock]]:
    """Of this department: what the applicant or the head has to do first, the oldest first."""
    rows = _open().filter(state__in=OF_OTHERS, department__credit_code=by.department)
    calendar = working_calendar()
    return [(one, clock_of(one, calendar)) for one in rows.order_by("received_at")[:MOST_OF_OTHERS]]


def task_of(by: Actor, case: Case) -> CaseTask | None:
    """None where this official's post has nothing to do; 受理 comes by itself."""
    found = urgeable(case) if case.state != State.RECEIVED else None
    if found is None or found[1].post not in by.posts:
        return None
    number, place = found
    is_mine = place.holder == by.key
    may_claim = not place.holder and place.post in by.posts and place.department == by.department
    words = words_asked(number)
    names = department_names(word.department for word in words)
    return CaseTask(
        task=place.task,
        name=place.name,
        days=(clock.now() - place.since) // A_DAY,
        holder=names_of([place.holder]).get(place.holder, ""),
        may_claim=may_claim,
        is_mine=is_mine,
        colleagues=colleagues_of(by) if is_mine or may_claim else {},
        desks=_desks(by) if is_mine or may_claim else {},
        words=[(word, names.get(word.department, "")) for word in words],
        outcomes=outcomes_at(case) if is_mine or may_claim else [],
        back=back_from(by, case, place.task) if is_mine or may_claim else {},
    )


def asked_of(by: Actor, case_no: str, task: int) -> tuple[Case, Word, Place]:
    """A word that this official's desk was asked for; for anybody else it does not exist."""
    case = _open().filter(case_no=case_no).first()
    number = number_of(case) if case else None
    if case is None or number is None:
        raise NotFound
    for place in places_of(number):
        is_ours = place.department == by.department and place.post in by.posts
        if place.is_aside and place.task == task and is_ours:
            return case, next(one for one in words_asked(number) if one.task == task), place
    raise NotFound


def urgeable(case: Case) -> tuple[int, Place] | None:
    """The engine's case, and the step that an official has; None where it is nobody's turn."""
    number = number_of(case) if case.state in OPEN else None
    places = places_of(number) if number else []
    place = next((one for one in places if not one.is_aside and one.department), None)
    return (number, place) if number and place else None


def may_urge_today(case: Case) -> bool | None:
    """None where there is nobody to urge."""
    found = urgeable(case)
    return None if found is None else not is_urged_today(found[0], found[1].task)


def number_of(case: Case) -> int | None:
    """With the engine; None for what ended before there was one."""
    try:
        return case_named(key_of(case)).number
    except NoSuchCase:
        return None


def _open() -> QuerySet[Case]:
    return Case.objects.select_related("item", "department", "version").prefetch_related("events")


def _cases(numbers: Sequence[str]) -> QuerySet[Case]:
    return _open().filter(case_no__in=numbers)


def colleagues_of(by: Actor) -> dict[str, str]:
    """Who reviews in the same department, but oneself."""
    keys = officials_holding(Post.REVIEWER, department=by.department)
    return {key: name for key, name in names_of(keys).items() if key != by.key}


def _desks(by: Actor) -> dict[str, str]:
    """Departments that somebody reviews in, but one's own."""
    codes = set(departments_holding(Post.REVIEWER).values()) - {by.department}
    return dict(sorted(department_names(codes).items(), key=lambda pair: pair[1]))


def _told(place: tuple[datetime, int, int] | None) -> str:
    if place is None:
        return ""
    since, case, task = place
    return f"{since.astimezone(UTC):%Y%m%dT%H%M%S.%f}_{case}_{task}"


def _place(told: str) -> tuple[datetime, int, int]:
    """What nobody was given is the first page."""
    try:
        since, case, task = told.split("_")
        at = datetime.strptime(since, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
        return at, int(case), int(task)
    except ValueError:
        return FIRST
