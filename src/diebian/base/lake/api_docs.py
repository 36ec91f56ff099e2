"""What the lake says of its own addresses."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

PUSH = {
    "type": "object",
    "required": ["rows"],
    "properties": {
        "rows": {
            "type": "array",
            "items": {"type": "object"},
            "description": "一行一个对象：列 → 值",
        }
    },
}


def operations_of_lake() -> Iterator[Operation]:
    yield Operation("GET lake:api-collections", "本部门的归集：表、方式、最近一次")
    yield Operation(
        "POST lake:api-push",
        "业务系统推送一批；带自己的令牌和 Idempotency-Key，同一个 key 再发不会重复",
        sends=PUSH,
        answers={201: "收下了", 200: "这一批以前收过"},
    )
