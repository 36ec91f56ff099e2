"""One element becomes one node or flow. What it lacks of its own is said here."""

import re
from collections.abc import Callable

from diebian.base.process.expressions.expression import Expression, read
from diebian.base.process.expressions.refusals import Refused
from diebian.base.process.tags import Tag

from .drawing import DONE, Flow, Kind, Many, Node, Timer
from .durations import duration
from .subset import OWN

Teller = Callable[[Tag, str, str], None]
WORKING = "working"
DAYS = re.compile(r"[1-9][0-9]{0,2}")
LONGEST = 100  # of ids and outcomes, as their columns are


def flow_of(tag: Tag, at: Teller) -> Flow:
    said = tag.first("conditionExpression")
    return Flow(
        key=tag.key,
        source=tag.attributes.get("sourceRef", ""),
        target=tag.attributes.get("targetRef", ""),
        line=tag.line,
        condition=_condition(said, said.text, at) if said else None,
    )


def node_of(tag: Tag, scope: str, messages: dict[str, str], at: Teller) -> Node:
    kind = Kind(tag.name)
    where, form = own(tag, "department"), own(tag, "form")
    is_call = kind == Kind.CALL
    made = Node(
        key=tag.key,
        kind=kind,
        name=tag.attributes.get("name") or tag.key,
        line=tag.line,
        scope=scope,
        outcomes=_outcomes(tag, kind, at),
        outcome=own(tag, "outcome") or DONE,
        is_terminating=tag.first("terminateEventDefinition") is not None,
        post=own(tag, "post"),
        department=_condition(tag, where, at) if where else None,
        form="" if is_call else form,
        stage=own(tag, "stage"),
        about=own(tag, "about"),
        days=max(_days(tag, "days", at), default=0),
        reminders=_days(tag, "remind", at),
        passes=_condition(tag, form, at) if is_call and form else None,
        topic=own(tag, "topic"),
        decision=own(tag, "decision"),
        called=tag.attributes.get("calledElement", ""),
        many=_many(tag, at),
        host=tag.attributes.get("attachedToRef", ""),
        is_interrupting=tag.attributes.get("cancelActivity") != "false",
        default=tag.attributes.get("default", ""),
    )
    _waits_for(made, tag, messages, at)
    return made


def _outcomes(tag: Tag, kind: Kind, at: Teller) -> tuple[str, ...]:
    told = [word.strip() for word in own(tag, "outcomes").replace("，", ",").split(",")]
    words = tuple(word for word in told if word)
    if len(set(words)) < len(words):
        at(tag, "outcomes", "结果写了两遍")
    if any(len(word) > LONGEST for word in (*words, own(tag, "outcome"))):
        at(tag, "outcomes", f"结果长于 {LONGEST} 字")
    has_one = kind in {Kind.USER, Kind.SERVICE, Kind.SEND, Kind.RECEIVE}
    return words or ((DONE,) if has_one else ())


def _days(tag: Tag, name: str, at: Teller) -> tuple[int, ...]:
    """Working days, in rising order."""
    if tag.name != Kind.USER:  # of a duration the same word says which days
        return ()
    told = [word.strip() for word in own(tag, name).replace("，", ",").split(",")]
    words = [word for word in told if word]
    if any(not DAYS.fullmatch(word) for word in words) or (name == "days" and len(words) > 1):
        at(tag, name, f"{name} 要写 1 到 999 的工作日数")
        return ()
    return tuple(sorted({int(word) for word in words}))


def _many(tag: Tag, at: Teller) -> Many | None:
    said = tag.first("multiInstanceLoopCharacteristics")
    if said is None:
        return None
    over = _condition(said, own(said, "collection"), at)
    until = said.first("completionCondition")
    early = _condition(until, until.text, at) if until else None
    is_sequential = said.attributes.get("isSequential") == "true"
    return Many(over, early, is_sequential) if over else None


def _waits_for(node: Node, tag: Tag, messages: dict[str, str], at: Teller) -> None:
    timer, message = tag.first("timerEventDefinition"), tag.first("messageEventDefinition")
    if timer is not None:
        node.timer = _timer(timer, at)
    said = message if message is not None else tag if node.kind == Kind.RECEIVE else None
    if said is not None:
        node.message = messages.get(said.attributes.get("messageRef", ""), "")
        if not node.message:
            at(tag, "message", "没有写等哪一个有名字的消息（messageRef）")
    if node.kind in {Kind.BOUNDARY, Kind.CATCH} and timer is None and message is None:
        at(tag, "waits", "没有写等什么：时间（timeDuration）或消息")


def _timer(tag: Tag, at: Teller) -> Timer | None:
    said = tag.first("timeDuration")
    length = duration(said.text) if said else None
    if said is None or length is None:
        at(tag, "duration", "时间要写成 P…DT…H…M…S，例如 P15D")
        return None
    days = own(said, "days")
    if days not in {"", WORKING} or (days and length.seconds):
        at(said, "duration", "工作日的时限（days=“working”）只能是整天")
    return Timer(length, days == WORKING)


def _condition(tag: Tag, text: str, at: Teller) -> Expression | None:
    try:
        return read(text.strip())
    except Refused as error:
        at(tag, "condition", f"条件“{text.strip()[:60]}”读不懂：{error.detail}")
        return None


def own(tag: Tag, name: str) -> str:
    """What is said in this project's own words."""
    return tag.attributes.get(f"{{{OWN}}}{name}", "").strip()
