"""How a department's system is asked and answers: four ways of writing the same few facts.

    json    a JSON object each way
    xml     <request>…</request>, and an element with children
    lines   lines of `KEY|value` each way
    form    a web form as the question, lines as the answer

`encoding` (utf-8; XML may name its own) and `separator` (|, for `form` =) may be told by the
contract. What a foreign system answers is hostile until it fits the contract: it is refused, never
guessed. `nested` names a field whose text is JSON once more; `quota.says` tells how the day's calls
are told to be used up.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from diebian.base.exchange.protocol.refusals import CallIncomplete, UpstreamQuotaUsed, UpstreamWrong
from diebian.kernel.foreign_xml import ParseError, read_xml, text_of

LONGEST_VALUE = 4000
MOST_ROWS = 500
Row = dict[str, str]
Told = dict[str, Any]


def question(contract: Mapping[str, Any], parameters: dict[str, str]) -> tuple[str, bytes]:
    """Content type and body."""
    named = contract["request"]
    told = {**contract.get("fixed", {}), **{named[key]: parameters[key] for key in named}}
    encoding = contract.get("encoding", "utf-8")
    kind, text = {"json": _as_json, "xml": _as_xml, "lines": _as_lines, "form": _as_form}[
        contract["format"]
    ](contract, told)
    try:
        return f"{kind}; charset={encoding}", text.encode(encoding)
    except UnicodeEncodeError as error:
        raise CallIncomplete("提供部门的系统写不出这些字，请核对参数") from error


def rows_in(contract: Mapping[str, Any], body: bytes) -> list[Row]:
    """Our column names, text values. An answer that does not fit raises UpstreamWrong."""
    try:
        told = _read(contract, body)
        _refuse_if_used_up(contract, told)
        none = contract.get("none")
        if none and told.get(none["field"]) == none["value"]:
            return []
        success = contract["success"]
        if told.get(success["field"]) != success["value"]:
            raise UpstreamWrong
        if within := contract.get("nested"):
            told = {**told, within: json.loads(told[within], parse_constant=_no_number)}
        found = _at(told, contract.get("rows", ""))
        rows = found if isinstance(found, list) else [found]
        if len(rows) > MOST_ROWS:
            raise UpstreamWrong
        fields = contract["fields"]
        return [{ours: _text(row[theirs]) for ours, theirs in fields.items()} for row in rows]
    except (
        ValueError,  # also bytes of another encoding, entities, numbers without end
        TypeError,
        AttributeError,
        LookupError,  # a name that is not there, an encoding that nobody knows
        RecursionError,  # a hundred thousand brackets
        ParseError,
    ) as error:
        raise UpstreamWrong from error


def _refuse_if_used_up(contract: Mapping[str, Any], told: Told) -> None:
    says = contract.get("quota", {}).get("says")
    if says and told.get(says["field"]) == says["value"]:
        raise UpstreamQuotaUsed(is_told=True)


def _as_json(_: Mapping[str, Any], told: Told) -> tuple[str, str]:
    return "application/json", json.dumps(told, ensure_ascii=False)


def _as_xml(_: Mapping[str, Any], told: Told) -> tuple[str, str]:
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items())
    return "text/xml", f"<request>{inner}</request>"


def _as_lines(contract: Mapping[str, Any], told: Told) -> tuple[str, str]:
    """A line's end within a value would be a line of the caller's own: not sent."""
    if any(value.splitlines() not in ([], [value]) for value in told.values()):
        raise CallIncomplete("参数不能换行")
    mark = contract.get("separator", "|")
    return "text/plain", "".join(f"{name}{mark}{value}\r\n" for name, value in told.items())


def _as_form(contract: Mapping[str, Any], told: Told) -> tuple[str, str]:
    encoded = urlencode(told, encoding=contract.get("encoding", "utf-8"))
    return "application/x-www-form-urlencoded", encoded


def _read(contract: Mapping[str, Any], body: bytes) -> Told:
    encoding = contract.get("encoding", "utf-8")
    if contract["format"] == "json":
        told: Told = json.loads(text_of(body, encoding), parse_constant=_no_number)
        return told
    if contract["format"] == "xml":
        return _xml(read_xml(body, otherwise=encoding))
    mark = contract.get("separator", "|" if contract["format"] == "lines" else "=")
    told = {}
    for line in text_of(body, encoding).splitlines():
        name, found, value = line.partition(mark)
        if not found:
            raise UpstreamWrong
        _add(told, name, value)
    return told


def _xml(element: Any) -> Told:
    told: Told = {}
    for part in element:
        _add(told, part.tag, _xml(part) if len(part) else part.text or "")
    return told


def _add(told: Told, name: str, value: Any) -> None:
    """Twice the same name is a list: good as rows, wrong as one value."""
    if name not in told:
        told[name] = value
    elif isinstance(told[name], list):
        told[name].append(value)
    else:
        told[name] = [told[name], value]


def _at(told: Any, path: str) -> Any:
    for step in path.split(".") if path else ():
        told = told[step]
    return told


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise UpstreamWrong
    text = str(value)
    text.encode()  # half a surrogate pair cannot be stored or sent on
    if "\0" in text or len(text) > LONGEST_VALUE:
        raise UpstreamWrong
    return text


def _no_number(name: str) -> None:
    raise ValueError(name)
