"""Comparisons, runs and persons as their readers see them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from diebian.base.exchange.public import Share, share, shares
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, Refused
from diebian.standards.masking import masked

from . import policy
from .leave import is_agreed
from .models import OPEN, Comparison, Outcome, Result, Run, RunState
from .plan import Plan, plan_of
from .refusals import NotAgreed, NotDone, RowsGone

A_PAGE, PERSONS_A_PAGE = 20, 50
RELATED = ("consumer", "left__source__department", "right__source__department")


@dataclass(frozen=True)
class Line:
    comparison: Any
    words: str
    mark: str


@dataclass(frozen=True)
class SideLine:
    """One of the two tables: whose it is, and where its department's leave stands."""

    name: str
    words: str
    collection: Any
    department: str
    id_number: str
    only: str
    share: Share | None


@dataclass(frozen=True)
class OutcomeLine:
    outcome: str
    words: str
    count: int
    is_listed: bool


@dataclass(frozen=True)
class PersonLine:
    key: int
    id_number: str  # the ends of it
    differing: Sequence[str]
    is_handed: bool


def overview(by: Actor, page: str) -> tuple[Page[Any], list[Line]]:
    last = Run.objects.filter(comparison=OuterRef("pk")).order_by("-number")
    rows = seen_by(by).annotate(last_state=Subquery(last.values("state")[:1]))
    shown = Paginator(rows.order_by("-pk"), A_PAGE).get_page(page)
    asked = [key for one in shown for key in (one.left_request_id, one.right_request_id) if key]
    told = shares(asked)
    return shown, [_line(one, told) for one in shown]


def seen_by(by: Actor) -> QuerySet[Comparison]:
    rows = Comparison.objects.select_related(*RELATED)
    if by.holds(Post.AUTHORITY):
        return rows
    own = Q(consumer__credit_code=by.department)
    own |= Q(left__source__department__credit_code=by.department)
    return rows.filter(own | Q(right__source__department__credit_code=by.department))


def comparison_for(by: Actor, slug: str) -> Comparison:
    """For whoever may not see it, it does not exist."""
    found = Comparison.objects.select_related(*RELATED).filter(slug=slug).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def is_declared(slug: str) -> bool:
    return Comparison.objects.filter(slug=slug).exists()


def requests_of(slug: str) -> list[int]:
    """The share requests by which the other departments were asked."""
    one = Comparison.objects.get(slug=slug)
    return [key for key in (one.left_request_id, one.right_request_id) if key is not None]


def of_request(request_id: int, by: Actor) -> Comparison | None:
    """What a share request is about, for the page of the request. A renewal is about the same."""
    about = Q(left_request=request_id) | Q(right_request=request_id)
    about |= Q(left_request__renewals=request_id) | Q(right_request__renewals=request_id)
    found = Comparison.objects.select_related(*RELATED).filter(about).first()
    return found if found and policy.may_see(by, found) else None


def sides(one: Comparison) -> list[SideLine]:
    plan = plan_of(one.plan)
    return [
        _side("left", "左表", one.left, plan, one.left_request_id),
        _side("right", "右表", one.right, plan, one.right_request_id),
    ]


def runs_of(one: Comparison, page: str) -> Page[Run]:
    runs = one.runs.select_related("repeats").order_by("-number")
    return Paginator(runs, A_PAGE).get_page(page)


def open_run(one: Comparison) -> Run | None:
    return one.runs.filter(state__in=OPEN).first()


def run_for(by: Actor, run_id: int) -> Run:
    runs = Run.objects.select_related(*(f"comparison__{name}" for name in RELATED), "repeats")
    found = runs.filter(pk=run_id).first()
    if found is None or not policy.may_see(by, found.comparison):
        raise NotFound
    return found


def outcomes_of(run: Run) -> list[OutcomeLine]:
    """How many of each, and of which there is a list."""
    one = run.comparison
    wanted = set(one.plan["wanted"])
    words = {
        Outcome.SAME: "两边都有，都一致",
        Outcome.DIFFERS: "两边都有，有不一致",
        Outcome.LEFT_ONLY: f"只在“{one.left.title}”里",
        Outcome.RIGHT_ONLY: f"只在“{one.right.title}”里",
    }
    has_list = run.state == RunState.DONE and run.rows_gone_at is None
    return [
        OutcomeLine(outcome, said, run.counts.get(outcome, 0), has_list and outcome in wanted)
        for outcome, said in words.items()
    ]


def persons_of(by: Actor, run: Run, outcome: str, page: str) -> tuple[Page[Result], list[Any]]:
    rows = results_for(by, run, outcome)
    shown = Paginator(rows, PERSONS_A_PAGE).get_page(page)
    plan = plan_of(run.comparison.plan)
    return shown, [_person(one, plan) for one in shown]


def results_for(by: Actor, run: Run, outcome: str) -> QuerySet[Result]:
    """In the order of their numbers; refused to whoever the task does not name, and to everybody
    from the moment on in which the leave is suspended or over.
    """
    if not policy.may_see_persons(by, run.comparison):
        raise Refused
    if not is_agreed(run.comparison):
        raise NotAgreed
    if run.state != RunState.DONE:
        raise NotDone
    if run.rows_gone_at is not None:
        raise RowsGone
    if outcome not in run.comparison.plan["wanted"]:
        raise NotFound
    return run.results.filter(outcome=outcome).order_by("id_number")


def listed(run: Run, rows: QuerySet[Result]) -> Iterator[tuple[str, str, str]]:
    """Whole numbers, outcome in words and what does not agree: for the file."""
    plan = plan_of(run.comparison.plan)
    words = {line.outcome: line.words for line in outcomes_of(run)}
    told = rows.values_list("id_number", "outcome", "differing")
    for number, outcome, bits in told.iterator(chunk_size=5000):
        yield number, words[outcome], "、".join(plan.differing(bits))


def _person(one: Result, plan: Plan) -> PersonLine:
    return PersonLine(
        key=one.pk,
        id_number=masked(one.id_number),
        differing=plan.differing(one.differing),
        is_handed=one.handed_at is not None,
    )


def _line(one: Any, told: Mapping[int, Share]) -> Line:
    asked = [told[key] for key in (one.left_request_id, one.right_request_id) if key]
    waiting = next((share for share in asked if not share.is_in_force), None)
    if waiting is not None:
        return Line(one, f"{waiting.provider_name}：{waiting.words}", "wait")
    if not one.last_state:
        return Line(one, "可以开始", "ok")
    marks = {RunState.DONE: "ok", RunState.FAILED: "bad", RunState.STOPPED: "bad"}
    state = RunState(one.last_state)
    return Line(one, f"最近一次{state.label}", marks.get(state, "wait"))


def _side(name: str, words: str, collection: Any, plan: Plan, request: int | None) -> SideLine:
    of = getattr(plan, name)
    only = f"{of.only_column} 是 {'、'.join(of.only_values)} 的行" if of.only_column else ""
    return SideLine(
        name=name,
        words=words,
        collection=collection,
        department=collection.source.department.name,
        id_number=of.id_number,
        only=only,
        share=share(request) if request is not None else None,
    )
