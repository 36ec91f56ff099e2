"""Drawings for tests, in few words: nodes as `kind key attributes`, flows as pairs."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:db="urn:diebian:process:1" id="d" targetNamespace="urn:x">'
)
OWN = {"outcomes", "post", "department", "form", "topic", "decision", "outcome", "remind",
       "days", "stage", "about"}  # fmt: skip
Flow = tuple[str, str] | tuple[str, str, str]


def node(kind: str, key: str, inside: str = "", **told: str) -> str:
    words = "".join(
        f" {'db:' if name in OWN else ''}{name}={quoteattr(value)}" for name, value in told.items()
    )
    return f'<{kind} id="{key}"{words}>{inside}</{kind}>\n'


def start(key: str = "start") -> str:
    return node("startEvent", key)


def end(key: str = "end", outcome: str = "", *, terminates: bool = False) -> str:
    told = {"outcome": outcome} if outcome else {}
    return node("endEvent", key, "<terminateEventDefinition/>" if terminates else "", **told)


def user(
    key: str, outcomes: str = "", post: str = "reviewer", inside: str = "", **more: str
) -> str:
    told = {"outcomes": outcomes} if outcomes else {}
    return node("userTask", key, inside, post=post, **told, **more)


def service(key: str, topic: str = "sample", outcomes: str = "", inside: str = "") -> str:
    told = {"outcomes": outcomes} if outcomes else {}
    return node("serviceTask", key, inside, topic=topic, **told)


def fork(key: str) -> str:
    return node("parallelGateway", key)


def choice(key: str, default: str = "") -> str:
    return node("exclusiveGateway", key, **({"default": default} if default else {}))


def timer(length: str, days: str = "") -> str:
    own = f' db:days="{days}"' if days else ""
    return (
        f"<timerEventDefinition><timeDuration{own}>{length}</timeDuration></timerEventDefinition>"
    )


def message(key: str = "m") -> str:
    return f'<messageEventDefinition messageRef="{key}"/>'


def boundary(key: str, host: str, inside: str, *, beside: bool = False) -> str:
    told: dict[str, Any] = {"cancelActivity": "false"} if beside else {}
    return node("boundaryEvent", key, inside, attachedToRef=host, **told)


def many(over: str, until: str = "", *, in_order: bool = False) -> str:
    sequential = ' isSequential="true"' if in_order else ""
    early = f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    return (
        f"<multiInstanceLoopCharacteristics{sequential} db:collection={quoteattr(over)}>{early}"
        "</multiInstanceLoopCharacteristics>"
    )


def flows(*told: Flow) -> str:
    lines = []
    for source, target, *said in told:
        inside = f"<conditionExpression>{escape(said[0])}</conditionExpression>" if said else ""
        lines.append(
            f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
            f"{inside}</sequenceFlow>\n"
        )
    return "".join(lines)


def drawing(key: str, *parts: str, messages: str = '<message id="m" name="m"/>\n') -> bytes:
    told = f'{HEAD}\n{messages}<process id="{key}" isExecutable="true">\n{"".join(parts)}</process>'
    return f"{told}</definitions>".encode()
