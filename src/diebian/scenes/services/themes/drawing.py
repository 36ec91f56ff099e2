"""A theme as BPMN for `base/process`: a sub-process for each member, which calls its case.

A member comes to: granted, refused, withdrawn, lapsed (what it needs was not granted), unchosen.
It runs if it was chosen and each of what it needs was granted, or not chosen because the person
has it. `form.members` says what was chosen; a message changes that for whatever has not begun.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from diebian.scenes.services.standard_item import GRANTED, REFUSED, STANDARD, WITHDRAWN

from .facts import Part
from .ordering import Block, One, Series

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:db="urn:diebian:process:1" id="d" targetNamespace="urn:diebian:themes">'
)
LAPSED, UNCHOSEN = "lapsed", "unchosen"
OUTCOMES = (GRANTED, REFUSED, WITHDRAWN)  # of a member's own case
TELL, DELIVER = "theme.lapsed", "theme.deliver"
MEMBERS = "members"
Attributes = Mapping[str, str]


def process_of(code: str) -> str:
    return f"theme-{code}"


def withdrawal_of(member: str) -> str:
    """The message that takes one member back while its case runs."""
    return f"withdraw:{member}"


def drawn(code: str, name: str, order: Block, parts: Sequence[Part]) -> str:
    inside = _Scope()
    inside.node("startEvent", "begin")
    last = _Members(inside, parts).into(order, "begin")
    inside.node("endEvent", "finish")
    inside.flow(last, "finish")

    top = _Scope()
    top.node("startEvent", "start", name="申请")
    top.node("subProcess", MEMBERS, inside.text, name="各个事项")
    top.node("boundaryEvent", "change", _waits_for("change"), name="改选",
             attachedToRef=MEMBERS, cancelActivity="false")  # fmt: skip
    top.node("endEvent", "changed")
    top.node("serviceTask", "deliver", {"topic": DELIVER}, name="统一出件")
    top.node("endEvent", "end", name="办结")
    for source, target in (("start", MEMBERS), (MEMBERS, "deliver"), ("deliver", "end"),
                           ("change", "changed")):  # fmt: skip
        top.flow(source, target)
    messages = [("change", MEMBERS), *((f"w_{one.code}", withdrawal_of(one.code))
                                       for one in parts)]  # fmt: skip
    told = "\n".join(f"<message id={quoteattr(key)} name={quoteattr(said)}/>"
                     for key, said in messages)  # fmt: skip
    process = (
        f'<process id={quoteattr(process_of(code))} name={quoteattr(name)} isExecutable="true">'
    )
    return f"{HEAD}\n{told}\n{process}\n{top.text}\n</process>\n</definitions>\n"


@dataclass
class _Scope:
    lines: list[str] = field(default_factory=list)
    flows: list[tuple[str, str, str]] = field(default_factory=list)

    def node(self, kind: str, key: str, *inside: str | Attributes, **plain: str) -> None:
        """`inside`: text that stands in it, and its own words."""
        own = {f"db:{name}": value for one in inside if not isinstance(one, str)
               for name, value in one.items()}  # fmt: skip
        told = "".join(f" {name}={quoteattr(value)}" for name, value in (plain | own).items())
        text = "".join(one for one in inside if isinstance(one, str))
        self.lines.append(f"<{kind} id={quoteattr(key)}{told}>{text}</{kind}>")

    def flow(self, source: str, target: str, condition: str = "") -> None:
        self.flows.append((source, target, condition))

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, *(_flow(*one) for one in self.flows)])


class _Members:
    """Blocks of the order as nodes, one behind the other or between two gateways."""

    def __init__(self, scope: _Scope, parts: Sequence[Part]):
        self.scope = scope
        self.parts = {one.code: one for one in parts}
        self.numbers = count(1)

    def into(self, block: Block, since: str) -> str:
        """Draws it behind `since`; returns its last node."""
        if isinstance(block, One):
            key = member_key(block.code)
            part = self.parts[block.code]
            self.scope.node("subProcess", key, _member(part).text, name=part.name)
            self.scope.flow(since, key)
            return key
        if isinstance(block, Series):
            for one in block.blocks:
                since = self.into(one, since)
            return since
        number = next(self.numbers)
        split, join = f"split_{number}", f"join_{number}"
        self.scope.node("parallelGateway", split)
        self.scope.flow(since, split)
        for one in block.blocks:
            self.scope.flow(self.into(one, split), join)
        self.scope.node("parallelGateway", join)
        return join


def member_key(code: str) -> str:
    return f"member_{code}"


def _member(part: Part) -> _Scope:
    code = part.code
    scope, call, gate, came = _Scope(), f"call_{code}", f"gate_{code}", f"came_{code}"
    own = f"list contains(form.{MEMBERS}, {_text(code)})"
    scope.node("startEvent", f"begin_{code}")
    scope.node("exclusiveGateway", gate, name="选了，而且前面的都准予了？",
               default=f"{gate}-{LAPSED}_{code}")  # fmt: skip
    scope.node("callActivity", call, {"outcomes": ",".join(OUTCOMES),
               "department": _text(part.credit_code)}, _only(code),
               name=part.name, calledElement=STANDARD)  # fmt: skip
    scope.node("boundaryEvent", f"back_{code}", _waits_for(f"w_{code}"), name="撤回这一项",
               attachedToRef=call)  # fmt: skip
    scope.node("exclusiveGateway", came, name="办成了？", default=f"{came}-{REFUSED}_{code}")
    scope.node("serviceTask", f"{LAPSED}_{code}", {"topic": TELL}, name="告诉申请人为什么不办了")
    for outcome in (GRANTED, REFUSED, WITHDRAWN, UNCHOSEN):
        scope.node("endEvent", f"{outcome}_{code}", {"outcome": outcome})
    scope.node("endEvent", f"end_{LAPSED}_{code}", {"outcome": LAPSED})
    scope.flow(f"begin_{code}", gate)
    scope.flow(gate, call, " and ".join([own, *_ready(part)]))
    scope.flow(gate, f"{UNCHOSEN}_{code}", f"not({own})")
    scope.flow(gate, f"{LAPSED}_{code}")
    scope.flow(f"{LAPSED}_{code}", f"end_{LAPSED}_{code}")
    scope.flow(call, came)
    for outcome in (GRANTED, WITHDRAWN):
        scope.flow(came, f"{outcome}_{code}",
                   f"some one in decision.{call} satisfies one = {_text(outcome)}")  # fmt: skip
    scope.flow(came, f"{REFUSED}_{code}")
    scope.flow(f"back_{code}", f"{WITHDRAWN}_{code}")
    return scope


def _ready(part: Part) -> Iterator[str]:
    for one in part.after:
        told = f"decision.{member_key(one)}"
        yield f"({told} = {_text(GRANTED)} or {told} = {_text(UNCHOSEN)})"


def _only(code: str) -> str:
    """A list of one: by it the called case knows which item it is."""
    collection = quoteattr(f"[{_text(code)}]")
    return f"<multiInstanceLoopCharacteristics db:collection={collection}/>"


def _waits_for(message: str) -> str:
    return f"<messageEventDefinition messageRef={quoteattr(message)}/>"


def _flow(source: str, target: str, condition: str) -> str:
    inside = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    key = f"{source}-{target}"
    return (
        f"<sequenceFlow id={quoteattr(key)} sourceRef={quoteattr(source)} "
        f"targetRef={quoteattr(target)}>{inside}</sequenceFlow>"
    )


def _text(value: str) -> str:
    """As FEEL writes a text."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
