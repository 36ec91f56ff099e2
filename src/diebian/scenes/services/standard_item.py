"""The way of a case: 受理 → 审核 → 决定, with 补正, 特别程序 and 中止. Each department has its own.

An element of it is a state of the case (`carrying.following.STANDS`), an outcome is a verb.
"""

from xml.sax.saxutils import escape

STANDARD = "standard-item"
FAMILY = "item-"  # how the key of a drawing of an item's own begins
GRANTED, REFUSED, WITHDRAWN = "granted", "refused", "withdrawn"
ACCEPT, REVIEW, SUPPLEMENT = "accept", "review", "supplement"
SPECIAL, SUSPENDED = "special", "suspended"
IS_ACCEPTED, IS_DONE = "受理", "done"
GRANT, REFUSE, ASK, PROCEED, SUSPEND = "准予", "不予", "补正", "特别程序", "中止"

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:db="urn:diebian:process:1" id="d" targetNamespace="urn:diebian:services">'
)
NODES = f"""<startEvent id="start" name="收件"/>
<userTask id="{ACCEPT}" name="受理" db:post="reviewer" db:outcomes="{IS_ACCEPTED}"/>
<userTask id="{REVIEW}" name="审核" db:post="reviewer"
  db:outcomes="{GRANT},{REFUSE},{ASK},{PROCEED},{SUSPEND}"/>
<exclusiveGateway id="reviewed" name="怎样办？"/>
<userTask id="{SUPPLEMENT}" name="申请人补正" db:post="person"/>
<userTask id="{SPECIAL}" name="特别程序" db:post="reviewer"/>
<userTask id="{SUSPENDED}" name="中止" db:post="department_head"/>
<endEvent id="granted" name="准予" db:outcome="{GRANTED}"/>
<endEvent id="refused" name="不予" db:outcome="{REFUSED}"/>"""
FLOWS = (
    ("start", ACCEPT, ""),
    (ACCEPT, REVIEW, ""),
    (REVIEW, "reviewed", ""),
    ("reviewed", "granted", GRANT),
    ("reviewed", "refused", REFUSE),
    ("reviewed", SUPPLEMENT, ASK),
    ("reviewed", SPECIAL, PROCEED),
    ("reviewed", SUSPENDED, SUSPEND),
    (SUPPLEMENT, REVIEW, ""),
    (SPECIAL, REVIEW, ""),
    (SUSPENDED, REVIEW, ""),
)


def standard_item() -> bytes:
    flows = "\n".join(_flow(*one) for one in FLOWS)
    process = f'<process id="{STANDARD}" name="单个事项" isExecutable="true">'
    return f"{HEAD}\n{process}\n{NODES}\n{flows}\n</process>\n</definitions>\n".encode()


def _flow(source: str, target: str, said: str) -> str:
    condition = escape(f'decision.{REVIEW} = "{said}"')
    inside = f"<conditionExpression>{condition}</conditionExpression>" if said else ""
    return (
        f'<sequenceFlow id="{source}-{target}" name="{said}" sourceRef="{source}" '
        f'targetRef="{target}">{inside}</sequenceFlow>'
    )
