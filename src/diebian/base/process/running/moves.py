"""How tokens go: into a node, out of it, through forks and lists, to an end. All in memory."""

from typing import Any

from diebian.base.process.definitions.drawing import (
    DONE,
    Kind,
    Node,
)
from diebian.base.process.definitions.selectors import Newest, drawing_of, newest
from diebian.base.process.definitions.services import Caller, owner_of
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor

from . import rows
from .asking import APART, below, chosen, is_true, items_of, next_round
from .giving import department_of, give, passed
from .lifting import STAYS, call_back, cleared, close, drop, free, lift, scope_of, stick
from .models import CaseState, JobKind, Standing
from .refusals import AlreadyOpened, Trouble
from .rules import ruled
from .standing import is_item
from .state import CaseRow, Tok
from .step import Step
from .timing import due_at

DEEPEST = 8  # cases that call cases


def enter(step: Step, token: Tok, key: str) -> None:
    """What cannot be done there is an incident, and the token stands there until it can."""
    node = step.drawing.nodes[key]
    if node.kind in STAYS:
        token = _renewed(step, token, key)
    token.element = key
    step.put(token)
    try:
        _into(step, token, node)
    except (Trouble, DiebianError) as error:
        stick(step, token, error)


def leave(step: Step, token: Tok) -> None:
    """Its element is done with: on, or one more of a list has come."""
    if is_item(step, token):
        host = step.tokens[token.parent or 0]
        host.arrived = (host.arrived or 0) + 1
        step.put(host)
        drop(step, token)
        _settle(step, host)
        _feed(step, host, step.node(host) if host.number in step.tokens else None)
        return
    free(step, token)
    enter(step, cleared(token), step.node(token).next)


def again(step: Step, token: Tok) -> None:
    """Once more what could not be done."""
    step.changes.settled.add(token.number)
    node = step.node(token)
    if token.wanted is not None:
        _settle(step, token)
        _feed(step, token, node)
    elif is_item(step, token):
        _stand_or_stick(step, token, node)
    else:
        enter(step, token, token.element)


def happen(step: Step, token: Tok, event: Node) -> None:
    """A boundary event: instead of its host, or beside it."""
    step.log("boundary", event.key, host=token.element)
    if event.is_interrupting:
        for child in step.children(token.number):
            lift(step, child)
        free(step, token)
        call_back(step, token)
        enter(step, cleared(token), event.next)
        return
    scope = scope_of(step, token)
    aside = step.place(scope.number if scope else None, event.key, token.item)
    enter(step, aside, event.next)


def open_case(
    *, version: Newest, business_key: str, title: str, department: str, person: str,
    form: dict[str, Any], by: Actor, caller: Caller | None = None,
) -> Step:  # fmt: skip
    """Begun, and not written yet but for its row. Raises `AlreadyOpened`."""
    case = CaseRow(
        0, version.pk, business_key, title, department, person, caller.case if caller else None,
        caller.task if caller else None, caller.depth if caller else 0, CaseState.OPEN, "", 0,
        clock.now(),
    )  # fmt: skip
    number = rows.opened(case)
    if number is None:
        raise AlreadyOpened(business_key)
    case.id = number
    step = Step(case, drawing_of(version.pk), by)
    step.amend(form)
    step.log("opened", version=version.number)
    start = step.drawing.starts[""]
    enter(step, step.place(None, start.key, ""), start.next)
    return step


def _into(step: Step, token: Tok, node: Node) -> None:
    if node.kind == Kind.END:
        _end(step, token, node)
    elif node.kind == Kind.PARALLEL:
        _fork(step, token, node) if node.is_split else _join(step, token, node)
    elif node.kind == Kind.EXCLUSIVE:
        flow = chosen(step, token, node)
        if len(node.out) > 1:
            step.log("chose", node.key, flow=flow.key, revision=step.revision)
        enter(step, token, flow.target)
    else:
        _stay(step, token, node)


def _fork(step: Step, token: Tok, node: Node) -> None:
    token.standing, token.wanted, token.arrived = Standing.FORK, len(node.out), 0
    for flow in node.out:
        enter(step, step.place(token.number, node.key, token.item), flow.target)


def _join(step: Step, token: Tok, node: Node) -> None:
    fork = step.tokens[token.parent or 0]
    fork.arrived = (fork.arrived or 0) + 1
    step.put(fork)
    drop(step, token)
    if fork.arrived == fork.wanted:
        fork.wanted = fork.arrived = None
        step.log("joined", node.key)
        enter(step, fork, node.next)


def _stay(step: Step, token: Tok, node: Node) -> None:
    """Whatever may fail comes before whatever is changed."""
    token.round, token.since = next_round(step, token), step.now
    dues = [(one, due_at(one.timer, step.now)) for one in node.boundary if one.timer]
    items = items_of(step, token, node) if node.many else None
    if items is None:
        _stand(step, token, node)
    if not _is_here(step, token, node):
        return  # passed already
    for event, due in dues:
        key = f"timer:{step.case.id}:{token.number}:{event.key}"
        step.job(JobKind.TIMER, token.number, due, key=key, event=event.key)
    if items is None:
        return
    step.log("entered", node.key, token=token.number, round=token.round, items=len(items))
    token.standing, token.wanted, token.arrived = Standing.MANY, len(items), 0
    for one in items:
        made = step.place(token.number, node.key, below(token.item, one))
        made.round = token.round
        if node.many and node.many.is_sequential:
            made.standing = Standing.QUEUED
            continue
        _stand_or_stick(step, made, node)
        if not _is_here(step, token, node):
            return  # it was enough
    _feed(step, token, node)
    if not items:
        step.decide_nothing(token)
        _settle(step, token)


def _feed(step: Step, host: Tok, node: Node | None) -> None:
    """Of a list that is done in order the next one, when none is under way. A loop: what is passed
    at once calls it from inside."""
    is_list = node is not None and node.many is not None and node.many.is_sequential
    if node is None or not is_list or host.number in step.feeding:
        return
    step.feeding.add(host.number)
    while _is_here(step, host, node) and host.standing == Standing.MANY:
        inside = step.children(host.number)
        queued = [one for one in inside if one.standing == Standing.QUEUED]
        if not queued or len(queued) < len(inside):
            break
        following = min(queued, key=lambda one: one.number)
        following.since = step.now
        _stand_or_stick(step, following, node)
    step.feeding.discard(host.number)


def _is_here(step: Step, token: Tok, node: Node) -> bool:
    """It may have gone on meanwhile, as the same token or as another."""
    return token.number in step.tokens and token.element == node.key


def _stand_or_stick(step: Step, token: Tok, node: Node) -> None:
    try:
        _stand(step, token, node)
    except (Trouble, DiebianError) as error:
        stick(step, token, error)


def _stand(step: Step, token: Tok, node: Node) -> None:
    """One token, at one element: what it waits for."""
    step.put(token)
    if node.kind == Kind.USER:
        give(step, token, node)
    elif node.kind in {Kind.SERVICE, Kind.SEND}:
        token.standing = Standing.SERVICE
        key = f"service:{step.case.id}:{token.number}"
        step.job(JobKind.SERVICE, token.number, step.now, key=key, topic=node.topic,
                 element=node.key, item=token.item)  # fmt: skip
    elif node.message:
        token.standing = Standing.MESSAGE
    elif node.timer:
        due = due_at(node.timer, step.now)
        token.standing = Standing.TIMER
        step.job(JobKind.TIMER, token.number, due, key=f"timer:{step.case.id}:{token.number}")
    elif node.kind == Kind.CALL:
        _call(step, token, node)
    elif node.kind == Kind.SUB:
        token.standing = Standing.SCOPE
        start = step.drawing.starts[node.key]
        enter(step, step.place(token.number, start.key, token.item), start.next)
        return
    else:
        outcome, evidence = ruled(step, node)
        step.decide(token, outcome, evidence=evidence)
        leave(step, token)
        return
    step.log("entered", node.key, token=token.number, round=token.round, item=token.item)


def _call(step: Step, token: Tok, node: Node) -> None:
    if step.case.depth >= DEEPEST:
        raise Trouble(f"“{node.name}”：一件套一件超过 {DEEPEST} 层")
    item = {"item": token.item.rpartition(APART)[2]} if node.many else {}
    department, form = department_of(step, token, node), {**passed(step, token, node), **item}
    token.standing = Standing.CALL
    if owner_of(node.called):  # it has rows of its own to write: outside of this step
        step.job(JobKind.SERVICE, token.number, step.now, key=f"call:{step.case.id}:{token.number}",
                 called=node.called, element=node.key, item=item.get("item", ""), form=form,
                 department=department)  # fmt: skip
        return
    made = open_case(
        version=newest(node.called),
        business_key=f"child:{step.case.id}:{token.number}",
        title=f"{step.case.title}：{node.name}"[:200],
        department=department,
        person=step.case.person,
        form=form,
        by=step.by,
        caller=Caller(step.case.id, token.number, step.case.depth + 1),
    )
    made.write("case.opened")
    token.child = made.case.id


def _settle(step: Step, host: Tok) -> None:
    """A list is over when all have come, or when its condition says that it is."""
    node = step.node(host)
    try:
        is_over = host.arrived == host.wanted or bool(
            node.many and node.many.until and is_true(step, host, node.many.until)
        )
    except (Trouble, DiebianError) as error:
        stick(step, host, error)
        return
    if host.standing == Standing.STUCK:
        step.changes.settled.add(host.number)
        host.standing = Standing.MANY
    if is_over:
        for child in step.children(host.number):
            lift(step, child)
        host.wanted = host.arrived = None
        leave(step, host)


def _end(step: Step, token: Tok, node: Node) -> None:
    scope = scope_of(step, token)
    number = scope.number if scope else None
    step.log("ended", node.key, outcome=node.outcome)
    if node.is_terminating:
        for one in step.children(number):
            lift(step, one)
    else:
        drop(step, token)
    if node.is_terminating or not node.is_aside:
        if scope:
            scope.outcome = node.outcome
            step.put(scope)
        else:
            step.case.outcome = node.outcome
    if step.children(number):
        return
    if scope is None:
        close(step, step.case.outcome or DONE)
    else:
        step.decide(scope, scope.outcome or DONE)
        scope.outcome = ""
        leave(step, scope)


def _renewed(step: Step, token: Tok, key: str) -> Tok:
    """A number names one stay at one element: a second click never hits the next task."""
    made = step.place(token.parent, key, token.item)
    drop(step, token)
    return made
