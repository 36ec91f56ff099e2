"""What corrections say of their addresses for machines."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

DOUBT = {
    "type": "object",
    "required": ["item", "says"],
    "properties": {
        "item": {"type": "string", "description": "哪一项：信息项的名称或列名"},
        "says": {"type": "string", "maxLength": 500, "description": "应当是什么，依据什么"},
        "seen": {"type": "string", "maxLength": 300, "description": "收到的内容"},
        "id_number": {"type": "string", "description": "谁的数据：公民身份号码"},
        "row": {"type": "string", "maxLength": 100, "description": "与人无关的，是哪一行"},
        "case_no": {"type": "string", "maxLength": 40, "description": "在哪件事里看到的"},
    },
    "additionalProperties": False,
}


def operations_of_corrections() -> Iterator[Operation]:
    yield Operation(
        "POST corrections:api-doubt",
        "对收到的一行提出校核；系统令牌和 Idempotency-Key，同一个 key 再发不会重复",
        sends=DOUBT,
        answers={201: "提出了", 200: "这一件以前提过"},
    )
    yield Operation("GET corrections:api-one", "提出的校核办到哪一步；系统令牌")
