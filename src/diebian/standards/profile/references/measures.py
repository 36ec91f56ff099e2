"""Indicators, published figures, infrastructure: departments, clouds and sums that agree."""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from diebian.standards.profile.documents import Document
from diebian.standards.profile.faults import Fault
from diebian.standards.profile.parsed import Parsed

OPERATORS: Mapping[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def faults(told: Parsed) -> Iterator[Fault]:
    organisations = told.codes("organisations.csv")
    if (document := told.document("indicators.yaml")) is not None:
        yield from _indicators(document, organisations)
    if (document := told.document("infrastructure.yaml")) is not None:
        yield from _infrastructure(document, told, organisations)
    if (document := told.document("seed_figures.yaml")) is not None:
        yield from _figures(document)


def _indicators(document: Document, known: Mapping[str, Any] | None) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, task in enumerate(document.data["tasks"]):
        for inner, one in enumerate(task["indicators"]):
            steps = ("tasks", place, "indicators", inner)
            if one["code"] in seen:
                yield document.fault(f"指标代码重复：{one['code']}", *steps, "code")
            seen.add(one["code"])
            if known is not None and one["responsible_org"] not in known:
                yield document.fault(
                    f"责任机构不存在：{one['responsible_org']}", *steps, "responsible_org"
                )
            years = [target["year"] for target in one["targets"]]
            if years != sorted(set(years)):
                yield document.fault("年份应由早到晚，每年一次", *steps, "targets")


def _infrastructure(
    document: Document, told: Parsed, organisations: Mapping[str, Any] | None
) -> Iterator[Fault]:
    data = document.data
    clouds = {cloud["code"] for cloud in data.get("clouds", [])}
    for place, cloud in enumerate(data.get("clouds", [])):
        if cloud.get("managed_by", cloud["code"]) not in clouds:
            yield document.fault(
                f"没有这朵云：{cloud['managed_by']}", "clouds", place, "managed_by"
            )
    for place, system in enumerate(data.get("systems", [])):
        if system["cloud"] not in clouds:
            yield document.fault(f"没有这朵云：{system['cloud']}", "systems", place, "cloud")
        if organisations is not None and system["owner_org"] not in organisations:
            yield document.fault(
                f"机构不存在：{system['owner_org']}", "systems", place, "owner_org"
            )
    centre, divisions = data.get("data_centre"), told.codes("divisions.csv")
    if centre is None:
        return
    planned = sum(phase["racks_planned"] for phase in centre["phases"])
    if planned != centre["racks_planned"]:
        yield document.fault(
            f"各期机柜合计 {planned}，总数写 {centre['racks_planned']}",
            "data_centre",
            "racks_planned",
        )
    if divisions is not None and centre["location_division"] not in divisions:
        yield document.fault(
            f"区划不存在：{centre['location_division']}", "data_centre", "location_division"
        )


def _figures(document: Document) -> Iterator[Fault]:
    values: dict[str, float] = {}
    for place, figure in enumerate(document.data["figures"]):
        if figure["id"] in values:
            yield document.fault(f"数字重复：{figure['id']}", "figures", place, "id")
        values[figure["id"]] = figure["value"]
        if figure["published_text"] not in figure["sentence"]:
            yield document.fault("published_text 不在 sentence 里", "figures", place)
    for place, relation in enumerate(document.data.get("relations", [])):
        try:
            holds = bool(_worked_out(ast.parse(relation["expression"], mode="eval").body, values))
        except (SyntaxError, ValueError, KeyError, RecursionError):
            yield document.fault(
                f"看不懂这个关系：{relation['expression']}", "relations", place, "expression"
            )
            continue
        if not holds and relation["kind"] == "rule":
            yield document.fault(
                f"关系不成立：{relation['expression']}", "relations", place, "expression"
            )


def _worked_out(node: ast.AST, values: Mapping[str, float]) -> Any:
    """Sums and comparisons of named figures; anything else is refused."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.BinOp):
        return _operator(node.op)(_worked_out(node.left, values), _worked_out(node.right, values))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = _worked_out(node.left, values), _worked_out(node.comparators[0], values)
        return _operator(node.ops[0])(left, right)
    raise ValueError


def _operator(node: ast.AST) -> Callable[[Any, Any], Any]:
    return OPERATORS[type(node)]
