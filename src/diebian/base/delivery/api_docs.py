"""What delivery says of its addresses for machines."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

PURPOSE = {
    "type": "object",
    "required": ["purpose"],
    "properties": {"purpose": {"type": "string", "maxLength": 200, "description": "这次办什么事"}},
}


def operations_of_delivery() -> Iterator[Operation]:
    yield Operation("GET delivery:api-delivery", "一项库表交付，带每一批的行数和校验和")
    yield Operation(
        "POST delivery:api-download",
        "按授权下载文件或库表的 CSV；系统令牌；每次都记一次使用",
        sends=PURPOSE,
    )
