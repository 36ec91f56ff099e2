"""What the payment provider finds of its door in our OpenAPI."""

from collections.abc import Iterator

from diebian.kernel.api_docs import Operation

NOTICE = {
    "type": "object",
    "required": ["event", "kind", "out_no", "fen"],
    "properties": {
        "event": {"type": "integer", "description": "支付平台自己的流水号，每件事一个"},
        "kind": {"type": "string", "enum": ["paid", "closed", "refunded"]},
        "out_no": {"type": "string", "description": "我们的单号：支付的或退款的"},
        "trade_no": {"type": "string", "description": "支付平台的交易号"},
        "fen": {"type": "integer", "description": "金额，单位分"},
    },
}


def operations_of_payments() -> Iterator[Operation]:
    yield Operation(
        "POST payments:told",
        "支付平台通知：已付、已关、已退；Pay-Signature 是对原文的 SM2 签名，重报不会重复",
        sends=NOTICE,
        answers={200: "照办了没有：taken、late、excess、unfit"},
    )
