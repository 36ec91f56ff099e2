"""What conditions read of a case, and what they come to. What is not there is trouble, never no."""

from collections.abc import Mapping
from typing import Any

from diebian.base.process.definitions.drawing import Flow, Node
from diebian.base.process.expressions.expression import Expression
from diebian.kernel.errors import DiebianError

from .refusals import Trouble
from .state import Tok
from .step import Step

APART = "/"  # between the items of lists that stand in one another
MOST_ITEMS, LONGEST_ITEM = 1000, 200


def asked(step: Step, token: Tok, condition: Expression) -> Any:
    """Raises `Trouble`."""
    try:
        return condition.evaluate(_scope(step, token, condition))
    except DiebianError as error:
        raise Trouble(f"条件“{condition.text}”求不出来：{error.told}") from error


def is_true(step: Step, token: Tok, condition: Expression) -> bool:
    told = asked(step, token, condition)
    if not isinstance(told, bool):
        raise Trouble(f"条件“{condition.text}”得不到是或否")
    return told


def chosen(step: Step, token: Tok, node: Node) -> Flow:
    """The one way on from an exclusive gateway."""
    if len(node.out) == 1:
        return node.out[0]
    open_ways = [
        flow for flow in node.out if flow.condition and is_true(step, token, flow.condition)
    ]
    if len(open_ways) > 1:
        told = "、".join(flow.key for flow in open_ways)
        raise Trouble(f"“{node.name}”有 {len(open_ways)} 条线同时成立：{told}")
    if not open_ways:
        open_ways = [flow for flow in node.out if flow.key == node.default]
    if not open_ways:
        raise Trouble(f"“{node.name}”没有一条线成立，也没有默认的线")
    return open_ways[0]


def items_of(step: Step, token: Tok, node: Node) -> list[str]:
    """Of a multi-instance, each different, in the order of the list."""
    assert node.many is not None  # noqa: S101  asked of no other
    told = asked(step, token, node.many.over)
    items = [str(one) for one in told] if isinstance(told, list) else None
    if items is None or len(set(items)) < len(items):
        raise Trouble(
            f"“{node.name}”要为每一项各办一份，但“{node.many.over.text}”不是各不相同的清单"
        )
    longest = max((len(below(token.item, one)) for one in items), default=0)
    is_odd = any(APART in one or not one for one in items)
    if len(items) > MOST_ITEMS or longest > LONGEST_ITEM or is_odd:
        raise Trouble(f"“{node.name}”的清单过长，或者其中有空项或带“{APART}”的项")
    return items


def below(item: str, one: str) -> str:
    return f"{item}{APART}{one}" if item else one


def next_round(step: Step, token: Tok) -> int:
    """Of this element, for this item of the list around it."""
    before = [
        number
        for number, items in step.decisions.get(token.element, {}).items()
        if any(_is_under(one, token.item) for one in items)
    ]
    now = [
        one.round
        for one in step.tokens.values()
        if one.element == token.element and one is not token and _is_under(one.item, token.item)
    ]
    return max([0, *before, *now]) + 1


def _scope(step: Step, token: Tok, condition: Expression) -> Mapping[str, Any]:
    read = {path[1] for path in condition.paths if path[0] == "decision" and len(path) > 1}
    decided = {one: _decided(step, token, step.drawing.nodes[one]) for one in read}
    return {
        "form": _form(step, condition),
        "decision": {key: told for key, told in decided.items() if told is not None},
        "item": token.item.rpartition(APART)[2],
    }


def _form(step: Step, condition: Expression) -> Mapping[str, Any]:
    """As much of it as is read: all of it is made ready for nothing."""
    read = {path[1:2] for path in condition.paths if path[0] == "form"}
    if () in read:
        return step.form
    return {name: step.form[name] for (name,) in read if name in step.form}


def _decided(step: Step, token: Tok, node: Node) -> str | list[str] | None:
    """Of its newest round: an outcome, or the outcomes of all items so far; None before it."""
    rounds = step.decisions.get(node.key, {})
    around = _around(step, token, node)
    for number in sorted(rounds, reverse=True):
        if node.many:
            told = [out for item, out in rounds[number].items() if _is_under(item, around)]
            if told:
                return told
        elif around in rounds[number]:
            return rounds[number][around]
    return [] if node.many else None


def _around(step: Step, token: Tok, node: Node) -> str:
    """As much of the token's item as belongs to the lists around the node that is read."""
    depth, scope = 0, node.scope
    while scope:
        depth += step.drawing.nodes[scope].many is not None
        scope = step.drawing.nodes[scope].scope
    return APART.join(token.item.split(APART)[:depth]) if depth else ""


def _is_under(item: str, around: str) -> bool:
    return not around or item == around or item.startswith(around + APART)
