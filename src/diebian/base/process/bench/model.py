"""The drawings that both engines walk.

`ITEM`: one item from 收件 to 制证, with 补正 and 特别程序 on the way; six steps by people and one
by a system. `THEME`: eight departments side by side, each of which looks and decides.
"""

from dataclasses import dataclass

POST = "reviewer"
BRANCHES = 8


@dataclass(frozen=True)
class Model:
    key: str
    drawing: str
    path: tuple[str, ...]  # outcomes of people, in the order of the tasks
    has_service: bool = False


def _user(key: str, outcomes: str) -> str:
    return f'<userTask id="{key}" name="{key}" db:outcomes="{outcomes}" db:post="{POST}"/>'


def _flow(source: str, target: str, said: str = "") -> str:
    condition = f"<conditionExpression>{said}</conditionExpression>" if said else ""
    return (
        f'<sequenceFlow id="f-{source}-{target}" sourceRef="{source}" targetRef="{target}">'
        f"{condition}</sequenceFlow>"
    )


def _is(element: str, outcome: str) -> str:
    return f'decision.{element} = "{outcome}"'


def _drawn(key: str, *parts: str) -> str:
    return "\n".join([
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:db="urn:diebian:process:1"',
        f' id="d-{key}" targetNamespace="urn:diebian:bench">',
        f'<process id="{key}" isExecutable="true">', *parts, "</process></definitions>",
    ])  # fmt: skip


def _branch(number: int) -> list[str]:
    look, decide = f"look{number}", f"decide{number}"
    return [_user(look, "done"), _user(decide, "done"), _flow("fork", look), _flow(look, decide),
            _flow(decide, "join")]  # fmt: skip


ITEM = Model("item", _drawn(
    "item",

    '<startEvent id="start"/>',
    _user("review", "受理,补正,不予受理"), '<exclusiveGateway id="g1"/>',
    _user("supplement", "已补正"),
    '<boundaryEvent id="late" attachedToRef="supplement"><timerEventDefinition id="td">',
    '<timeDuration xsi:type="tFormalExpression">P15D</timeDuration></timerEventDefinition>',
    '</boundaryEvent>', '<endEvent id="lapsed" db:outcome="lapsed"/>',
    _user("approve", "准予,不予,特别程序"), '<exclusiveGateway id="g2"/>',
    _user("special", "完成"),
    '<serviceTask id="issue" db:topic="bench"/>',
    '<endEvent id="granted" db:outcome="granted"/>',
    '<endEvent id="refused" db:outcome="refused"/>',
    _flow("start", "review"), _flow("review", "g1"),
    _flow("g1", "supplement", _is("review", "补正")),
    _flow("g1", "approve", _is("review", "受理")),
    _flow("g1", "refused", _is("review", "不予受理")),
    _flow("supplement", "review"), _flow("late", "lapsed"), _flow("approve", "g2"),
    _flow("g2", "special", _is("approve", "特别程序")),
    _flow("g2", "issue", _is("approve", "准予")),
    _flow("g2", "refused", _is("approve", "不予")),
    _flow("special", "approve"), _flow("issue", "granted"),
), ("补正", "已补正", "受理", "特别程序", "完成", "准予"), has_service=True)  # fmt: skip
THEME = Model("theme", _drawn(
    "theme",
    '<startEvent id="start"/>', '<parallelGateway id="fork"/>', '<parallelGateway id="join"/>',
    '<endEvent id="end"/>', _flow("start", "fork"), _flow("join", "end"),
    *(part for number in range(BRANCHES) for part in _branch(number)),
), ("done",) * (2 * BRANCHES))  # fmt: skip
MODELS = (ITEM, THEME)
