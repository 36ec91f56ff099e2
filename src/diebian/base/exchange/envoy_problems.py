"""What the gateway itself answers when it refuses: problem details with a code and an id.

First match wins. A plain `body_format` at the top would rewrite a direct response of 200 as well.
"""

from typing import Any

UPSTREAM_FLAGS = ["UF", "UH", "UC", "UT", "UO", "NC", "URX", "LR", "UR", "DPE", "UPE"]
PROBLEMS = (
    ("exchange.no_valid_token", "缺少有效的访问令牌", ("EQ", 401)),
    ("exchange.not_granted", "本系统未获授权调用该接口", ("EQ", 403)),
    ("exchange.too_large", "请求内容太大", ("EQ", 413)),
    ("exchange.over_limit", "调用频率超过授权额度，请稍后再试", ("EQ", 429)),
    ("exchange.headers_too_large", "请求头太大", ("EQ", 431)),
    ("exchange.malformed", "请求未被受理，请核对地址和请求头", ("EQ", 400)),
)
UPSTREAM = ("exchange.gateway_upstream", "数据服务暂时不可用，请稍后再试")
ELSE = ("exchange.not_accepted", "请求未被受理，请稍后再试", ("GE", 400))
# Refused before Envoy gives an id: what it would call the id is still the client's own word then.
MALFORMED = (400, 431)
STARTED = "%START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%"


def code_of(status: int) -> str:
    """Under which code Envoy itself refused with that status."""
    for code, _, (operator, value) in PROBLEMS:
        if operator == "EQ" and value == status:
            return code
    return UPSTREAM[0] if status >= 500 else ELSE[0]  # noqa: PLR2004


def local_replies() -> dict[str, Any]:
    away = {"filter": {"response_flag_filter": {"flags": UPSTREAM_FLAGS}}}
    told = [_when(*problem) for problem in (*PROBLEMS, ELSE)]
    return {"mappers": [*told[:-1], {**_body(*UPSTREAM), **away}, told[-1]]}


def _when(code: str, title: str, when: tuple[str, int]) -> dict[str, Any]:
    operator, status = when
    value = {"default_value": status, "runtime_key": f"reply.{code}"}
    comparison = {"op": operator, "value": value}
    return {
        **_body(code, title, early=status in MALFORMED),
        "filter": {"status_code_filter": {"comparison": comparison}},
    }


def _body(code: str, title: str, *, early: bool = False) -> dict[str, Any]:
    told = {
        "type": f"urn:diebian:problem:{code}",
        "title": title,
        "status": "%RESPONSE_CODE%",
        "code": code,
        "request_id": f"c%CONNECTION_ID%-{STARTED}" if early else "%STREAM_ID%",
    }
    return {
        "body_format_override": {"content_type": "application/problem+json", "json_format": told}
    }
