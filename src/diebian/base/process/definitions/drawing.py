"""A drawing in memory: nodes and flows, with what each needs to be walked. Read once, then kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from diebian.base.process.expressions.expression import Expression
from diebian.base.process.problems import Problem

DONE = "done"  # what a task without outcomes comes to, and an end that has no other word
WITHDRAWN = "withdrawn"
Branch = tuple[str, str]  # a split, and the flow that one came by
SIDE = "side"  # the branch that a boundary event opens beside its host


class Kind(StrEnum):
    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    SERVICE = "serviceTask"
    SEND = "sendTask"
    RECEIVE = "receiveTask"
    RULE = "businessRuleTask"
    CALL = "callActivity"
    SUB = "subProcess"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    BOUNDARY = "boundaryEvent"
    CATCH = "intermediateCatchEvent"


ACTIVITIES = frozenset(
    {Kind.USER, Kind.SERVICE, Kind.SEND, Kind.RECEIVE, Kind.RULE, Kind.CALL, Kind.SUB}
)
GATEWAYS = frozenset({Kind.EXCLUSIVE, Kind.PARALLEL})
AUTOMATIC = frozenset({*GATEWAYS, Kind.RULE})  # passed within one step: a loop of them never ends
HOSTS = ACTIVITIES - {Kind.RULE}  # a rule is done at once: nothing can come between


@dataclass(frozen=True)
class Timer:
    """`is_working`: days of the city's calendar, else days and hours as they pass."""

    length: timedelta
    is_working: bool = False


@dataclass(frozen=True)
class Many:
    """Multi-instance: one for each item of a list, at once or one after the other; over early where
    `until` becomes true."""

    over: Expression
    until: Expression | None
    is_sequential: bool = False


@dataclass(eq=False)
class Flow:
    key: str
    source: str
    target: str
    line: int
    condition: Expression | None


@dataclass(eq=False)
class Node:
    key: str
    kind: Kind
    name: str
    line: int
    scope: str  # the sub-process around it; empty at the top
    outcomes: tuple[str, ...] = ()
    outcome: str = DONE  # of an end
    is_terminating: bool = False
    post: str = ""
    department: Expression | None = None
    form: str = ""
    stage: str = ""  # what the owner of the matter calls where the case then is
    about: str = ""  # the owner's word for what is done there
    days: int = 0  # working days within which it ought to be done; nought: nothing is said
    reminders: tuple[int, ...] = ()  # working days of waiting after which whoever has it is told
    topic: str = ""
    decision: str = ""
    called: str = ""
    passes: Expression | None = None  # what of the form goes along; all of it without
    message: str = ""
    timer: Timer | None = None
    many: Many | None = None
    host: str = ""
    is_interrupting: bool = True
    default: str = ""
    out: list[Flow] = field(default_factory=list)
    into: list[Flow] = field(default_factory=list)
    boundary: list["Node"] = field(default_factory=list)
    nesting: tuple[Branch, ...] | None = None

    @property
    def is_split(self) -> bool:
        return self.kind == Kind.PARALLEL and len(self.out) > 1

    @property
    def is_aside(self) -> bool:
        """Beside the main line: it says nothing about what the case comes to."""
        return any(flow == SIDE for _, flow in self.nesting or ())

    @property
    def next(self) -> str:
        return self.out[0].target


@dataclass
class Drawing:
    key: str
    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    starts: dict[str, Node] = field(default_factory=dict)  # of each scope
    notes: list[Problem] = field(default_factory=list)  # read over: it has no effect

    def inside(self, scope: str) -> list[Node]:
        return [one for one in self.nodes.values() if one.scope == scope]

    @property
    def ends(self) -> frozenset[str]:
        """What a case of this drawing can come to."""
        ends = [one for one in self.inside("") if one.kind == Kind.END]
        return frozenset(one.outcome for one in ends if one.is_terminating or not one.is_aside)


Report = Callable[[Node | Flow, str, str], None]
"""How a check says what is wrong: where, a code, a sentence."""
