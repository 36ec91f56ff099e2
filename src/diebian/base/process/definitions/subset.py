"""The declared subset of BPMN 2.0: which element may stand in which, which attribute means what.

`READ_OVER` is documentation: it is drawn for people and changes nothing here. What is in none of
these tables is refused.
"""

from collections.abc import Mapping

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PICTURE = "http://www.omg.org/spec/BPMN/20100524/DI"
OWN = "urn:diebian:process:1"


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


TASKS = _words("userTask serviceTask sendTask receiveTask businessRuleTask callActivity")
FLOW_NODES = TASKS | _words(
    "startEvent endEvent boundaryEvent intermediateCatchEvent subProcess",
    "exclusiveGateway parallelGateway",
)
IN_SCOPE = FLOW_NODES | {"sequenceFlow"}
WAITING = _words("timerEventDefinition messageEventDefinition")
LIST = _words("multiInstanceLoopCharacteristics")
NOTHING = frozenset[str]()

MAY_HOLD: Mapping[str, frozenset[str]] = {
    "definitions": _words("process message"),
    "message": NOTHING,
    "process": IN_SCOPE,
    "subProcess": IN_SCOPE | LIST,
    "startEvent": NOTHING,
    "endEvent": _words("terminateEventDefinition"),
    "userTask": LIST,
    "serviceTask": LIST,
    "sendTask": LIST,
    "receiveTask": NOTHING,
    "businessRuleTask": NOTHING,
    "callActivity": LIST,
    "exclusiveGateway": NOTHING,
    "parallelGateway": NOTHING,
    "boundaryEvent": WAITING,
    "intermediateCatchEvent": WAITING,
    "terminateEventDefinition": NOTHING,
    "timerEventDefinition": _words("timeDuration"),
    "messageEventDefinition": NOTHING,
    "timeDuration": NOTHING,
    "multiInstanceLoopCharacteristics": _words("completionCondition"),
    "completionCondition": NOTHING,
    "sequenceFlow": _words("conditionExpression"),
    "conditionExpression": NOTHING,
}

ANYWHERE = _words(
    "documentation extensionElements incoming outgoing textAnnotation association group",
    "auditing monitoring",
)
DATA = _words("property ioSpecification dataInputAssociation dataOutputAssociation")
STORES = _words("laneSet dataObject dataObjectReference dataStoreReference ioBinding") | DATA
PEOPLE = _words("resourceRole performer humanPerformer potentialOwner")
GIVEN = _words("property dataInput dataInputAssociation inputSet")
TAKEN = _words("property dataOutput dataOutputAssociation outputSet")
READ_OVER: Mapping[str, frozenset[str]] = {
    "definitions": _words(  # said once, of no effect until something refers to it
        "collaboration category itemDefinition dataStore interface resource error signal",
        "escalation relationship correlationProperty endPoint partnerEntity partnerRole",
        "extension import",
    ),
    "process": STORES,
    "subProcess": STORES,
    **dict.fromkeys(TASKS, DATA | PEOPLE),
    "startEvent": TAKEN,
    "endEvent": GIVEN,
    "boundaryEvent": TAKEN,
    "intermediateCatchEvent": TAKEN,
}
OWN_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "userTask": _words("outcomes post department form stage about days remind"),
    "serviceTask": _words("topic outcomes"),
    "sendTask": _words("topic outcomes"),
    "businessRuleTask": _words("decision outcomes"),
    "callActivity": _words("outcomes department form"),
    "endEvent": _words("outcome"),
    "multiInstanceLoopCharacteristics": _words("collection"),
    "timeDuration": _words("days"),
}
# An attribute that would change what is done: these of its values mean what is done anyway.
ONLY: Mapping[str, frozenset[str]] = {
    "isForCompensation": _words("false"),
    "triggeredByEvent": _words("false"),
    "startQuantity": _words("1"),
    "completionQuantity": _words("1"),
    "parallelMultiple": _words("false"),
    "behavior": _words("All"),
}
