"""What a department's own system finds of the door for its states in our OpenAPI."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

CHANGE = {
    "type": "object",
    "required": ["seq", "case_no", "state"],
    "properties": {
        "seq": {"type": "integer", "description": "这个系统自己的流水号，只增"},
        "case_no": {"type": "string", "description": "办件编号"},
        "state": {"type": "string", "description": "这个系统自己的状态，对照写在城市资料里"},
        "number": {"type": "string", "description": "这个系统里的编号"},
        "says": {"type": "string", "description": "理由、要补什么，给申请人看"},
    },
}
CHANGES = {
    "type": "object",
    "required": ["changes"],
    "properties": {"changes": {"type": "array", "items": CHANGE}},
}


def operations_of_systems() -> Iterator[Operation]:
    yield Operation(
        "POST services:system-changes",
        "部门自建系统报自己办件的进度；系统令牌，重报不会重复",
        sends=CHANGES,
        answers={200: "收到几条，其中几条是新的"},
    )
