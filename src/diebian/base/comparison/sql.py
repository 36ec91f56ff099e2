"""The comparison in SQL, the same text for DuckDB and PostgreSQL but for how a date is read.

A side is first written down as `key` (the identity number in one spelling, nothing where there is
none) and a column for each rule. Where two rows meet, both values are put in one spelling, so that
they agree exactly when they are the same. Each rule that does not agree adds 256 and its own bit,
and a person's number is the least over all pairs of rows. Nought: the same. Nothing: not on the
other side.
"""

from collections.abc import Callable, Mapping

from diebian.base.lake.public import (
    cast_of,
    id_number_of,
    literal,
    plain_name,
    plain_number,
    quoted,
)

from .plan import Plan, Rule, RuleKind, Side

PER_RULE = 256  # beyond the bits: of two pairs the one that differs in fewer rules counts

DateOf = Callable[[str, str], str]  # quoted column, its type


def duck_date(column: str, type_: str) -> str:
    return cast_of(column, type_, "DATE")


Types = Mapping[str, Mapping[str, str]]  # side, column: the column's type


def staged(plan: Plan, side: str, rows: str) -> str:
    """One row for each row of the side that counts. `rows`: what stands after FROM.

    What is compared comes as it is: it is spelled alike only where there is something to compare.
    """
    of: Side = getattr(plan, side)
    values = "".join(
        f", {quoted(getattr(rule, side))} AS a{place}" for place, rule in enumerate(plan.rules)
    )
    names = "".join(f", a{place}" for place in range(len(plan.rules)))
    return (
        f"SELECT {id_number_of('p')} AS key{names} FROM "
        f"(SELECT {_plain(quoted(of.id_number))} AS p{values} FROM {rows}{_only(of)}) t"
    )


def key_of(column: str) -> str:
    """As `staged` makes it, in one expression: to be indexed."""
    return id_number_of(_plain(quoted(column)))


def outcomes(plan: Plan, left: str, right: str, types: Types, date_of: DateOf = duck_date) -> str:
    """`key` and `rank` of each person of the left. Only rows with a key are matched."""
    values = "".join(
        f", {_value(rule, side, f'{side[0]}.a{place}', types, date_of)} AS {side[0]}{place}"
        for place, rule in enumerate(plan.rules)
        for side in ("left", "right")
    )
    adds = [
        f"CASE WHEN {_agree(rule, place)} THEN 0 ELSE {PER_RULE + (1 << place)} END"
        for place, rule in enumerate(plan.rules)
    ]
    return (
        f"SELECT key, min(CASE WHEN found IS NOT NULL THEN {' + '.join(adds) or '0'} END) AS rank "
        f"FROM (SELECT l.key AS key, r.key AS found{values} FROM {left} l "
        f"LEFT JOIN {right} r ON r.key = l.key WHERE l.key IS NOT NULL) pairs GROUP BY key"
    )


def only_right(left: str, right: str) -> str:
    return (
        f"SELECT DISTINCT key FROM {right} r WHERE key IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {left} l WHERE l.key = r.key)"
    )


def _agree(rule: Rule, place: int) -> str:
    left, right = f"l{place}", f"r{place}"
    if rule.kind != RuleKind.DATE:
        return f"{left} = {right}"
    none = f"({left} IS NULL AND {right} IS NULL)"
    return f"({none} OR coalesce(abs({left} - {right}) <= {int(rule.days)}, false))"


def _value(rule: Rule, side: str, column: str, types: Types, date_of: DateOf) -> str:
    """In one spelling; never nothing, but for a date."""
    if rule.kind == RuleKind.DATE:
        return date_of(column, types[side][getattr(rule, side)])
    text = f"coalesce(CAST({column} AS varchar), '')"
    if rule.kind == RuleKind.NAME:
        return plain_name(text)
    plain = f"trim({text})"
    if rule.kind == RuleKind.CODE and side == "left":
        told = " ".join(f"WHEN {literal(a)} THEN {literal(b)}" for a, b in rule.codes.items())
        return f"CASE {plain} {told} ELSE {plain} END"
    return plain


def _only(of: Side) -> str:
    if not of.only_column:
        return ""
    listed = ", ".join(literal(one) for one in of.only_values)
    return f" WHERE trim(CAST({quoted(of.only_column)} AS varchar)) IN ({listed})"


def _plain(column: str) -> str:
    return plain_number(f"CAST({column} AS varchar)")
