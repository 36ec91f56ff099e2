"""The declared subset of BPMN 2.0: which element may stand in which, and which attribute means what.

`READ_OVER` is documentation: it is drawn for people and changes nothing here. What is in none of
these tables is refused.
"""

from collections.abc import Mapping

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PICTURE = "http://www.omg.org/spec/BPMN/20100524/DI"
OWN = "urn:diebian:process:1"

TASK_PARTS = frozenset({"multiInstanceLoopCharacteristics"})
FLOW_NODES = frozenset(
    [
        "startEvent",
        "endEvent",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "exclusiveGateway",
        "parallelGateway",
        "boundaryEvent",
        "intermediateCatchEvent",
    ]
)
IN_SCOPE = FLOW_NODES | {"sequenceFlow"}
ROOT = frozenset({"process", "message"})
WAITING = frozenset({"timerEventDefinition", "messageEventDefinition"})

MAY_HOLD: Mapping[str, frozenset[str]] = {
    "definitions": ROOT,
    "message": frozenset(),
    "process": IN_SCOPE,
    "subProcess": IN_SCOPE | TASK_PARTS,
    "startEvent": frozenset(),
    "endEvent": frozenset({"terminateEventDefinition"}),
    "userTask": TASK_PARTS,
    "serviceTask": TASK_PARTS,
    "sendTask": TASK_PARTS,
    "receiveTask": frozenset(),
    "businessRuleTask": frozenset(),
    "callActivity": TASK_PARTS,
    "exclusiveGateway": frozenset(),
    "parallelGateway": frozenset(),
    "boundaryEvent": WAITING,
    "intermediateCatchEvent": WAITING,
    "terminateEventDefinition": frozenset(),
    "timerEventDefinition": frozenset({"timeDuration"}),
    "messageEventDefinition": frozenset(),
    "timeDuration": frozenset(),
    "multiInstanceLoopCharacteristics": frozenset({"completionCondition"}),
    "completionCondition": frozenset(),
    "sequenceFlow": frozenset({"conditionExpression"}),
    "conditionExpression": frozenset(),
}
READ_OVER: Mapping[str, frozenset[str]] = {
    "": frozenset(  # anywhere
        ["documentation", "extensionElements", "incoming", "outgoing", "textAnnotation", "association", "group", "auditing", "monitoring"]
    ),
    "definitions": frozenset(  # said once, of no effect until something refers to it
        ["collaboration", "category", "itemDefinition", "dataStore", "interface", "resource", "error", "signal", "escalation", "relationship", "correlationProperty", "endPoint", "partnerEntity", "partnerRole", "extension", "import"]
    ),
    "process": frozenset(
        ["laneSet", "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "ioBinding"]
    ),
    "subProcess": frozenset(["laneSet", "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "dataInputAssociation", "dataOutputAssociation"]),
    **dict.fromkeys(
        ("userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "callActivity"),
        frozenset(["ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "resourceRole", "performer", "humanPerformer", "potentialOwner"]),
    ),
    "startEvent": frozenset({"dataOutput", "dataOutputAssociation", "outputSet", "property"}),
    "endEvent": frozenset({"dataInput", "dataInputAssociation", "inputSet", "property"}),
    **dict.fromkeys(
        ("boundaryEvent", "intermediateCatchEvent"),
        frozenset({"dataOutput", "dataOutputAssociation", "outputSet", "property"}),
    ),
}  # fmt: skip
OWN_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "userTask": frozenset({"outcomes", "post", "department", "form"}),
    "serviceTask": frozenset({"topic", "outcomes"}),
    "sendTask": frozenset({"topic", "outcomes"}),
    "businessRuleTask": frozenset({"decision", "outcomes"}),
    "callActivity": frozenset({"outcomes", "department"}),
    "endEvent": frozenset({"outcome"}),
    "multiInstanceLoopCharacteristics": frozenset({"collection"}),
    "timeDuration": frozenset({"days"}),
}
ONLY: Mapping[str, frozenset[str]] = {
    # An attribute that would change what is done: these of its values mean what we do anyway.
    "isForCompensation": frozenset({"false"}),
    "isSequential": frozenset({"false"}),
    "triggeredByEvent": frozenset({"false"}),
    "startQuantity": frozenset({"1"}),
    "completionQuantity": frozenset({"1"}),
    "parallelMultiple": frozenset({"false"}),
    "behavior": frozenset({"All"}),
}
