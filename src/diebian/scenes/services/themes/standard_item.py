"""The way of a member's own case: 受理 → 审查 → 决定, with 补正. Each department has its own."""

from xml.sax.saxutils import escape

from .drawing import CALLED, GRANTED, HEAD, REFUSED

NODES = """<startEvent id="start"/>
<userTask id="accept" name="受理" db:post="reviewer" db:outcomes="受理,不予受理,补正"/>
<exclusiveGateway id="accepted" name="能受理吗？"/>
<userTask id="supplement" name="补正" db:post="person"/>
<userTask id="review" name="审查" db:post="reviewer" db:outcomes="建议准予,建议不予"/>
<userTask id="decide" name="决定" db:post="reviewer" db:outcomes="准予,不予"/>
<exclusiveGateway id="decided" name="准予吗？"/>"""
FLOWS = (
    ("start", "accept", ""),
    ("accept", "accepted", ""),
    ("accepted", "review", 'decision.accept = "受理"'),
    ("accepted", "supplement", 'decision.accept = "补正"'),
    ("accepted", "unaccepted", 'decision.accept = "不予受理"'),
    ("supplement", "accept", ""),
    ("review", "decide", ""),
    ("decide", "decided", ""),
    ("decided", "granted", 'decision.decide = "准予"'),
    ("decided", "refused", 'decision.decide = "不予"'),
)
ENDS = {"granted": GRANTED, "refused": REFUSED, "unaccepted": REFUSED}


def standard_item() -> bytes:
    ends = "\n".join(
        f'<endEvent id="{key}" db:outcome="{outcome}"/>' for key, outcome in ENDS.items()
    )
    flows = "\n".join(_flow(*one) for one in FLOWS)
    process = f'<process id="{CALLED}" name="单个事项" isExecutable="true">'
    return f"{HEAD}\n{process}\n{NODES}\n{ends}\n{flows}\n</process>\n</definitions>\n".encode()


def _flow(source: str, target: str, condition: str) -> str:
    inside = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    return (
        f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )
