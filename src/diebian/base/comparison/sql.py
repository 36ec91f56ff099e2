"""The comparison in SQL, the same for every engine but for the few words of its dialect.

A side is first written down as `key` (the identity number in one spelling, nothing where there is
none) and a column for each rule. Where two rows meet, both values are put in one spelling, so that
they agree exactly when they are the same. Each rule that does not agree adds 256 and its own bit,
and a person's number is the least over all pairs of rows. Nought: the same. Nothing: not on the
other side.
"""

from collections.abc import Mapping

from diebian.base.lake.public import DUCKDB, Dialect, id_number_of, plain_name, plain_number

from .plan import Plan, Rule, RuleKind, Side

PER_RULE = 256  # beyond the bits: of two pairs the one that differs in fewer rules counts


Types = Mapping[str, Mapping[str, str]]  # side, column: the column's type


def staged(plan: Plan, side: str, rows: str, by: Dialect = DUCKDB) -> str:
    """One row for each row of the side that counts. `rows`: what stands after FROM.

    What is compared comes as it is: it is spelled alike only where there is something to compare.
    """
    of: Side = getattr(plan, side)
    values = "".join(
        f", {by.quoted(getattr(rule, side))} AS a{place}" for place, rule in enumerate(plan.rules)
    )
    names = "".join(f", a{place}" for place in range(len(plan.rules)))
    return (
        f"SELECT {id_number_of('p', by)} AS key{names} FROM "
        f"(SELECT {_plain(by.quoted(of.id_number), by)} AS p{values} FROM {rows}{_only(of, by)}) t"
    )


def key_of(column: str, by: Dialect) -> str:
    """As `staged` makes it, in one expression: to be indexed."""
    return id_number_of(_plain(by.quoted(column), by), by)


def outcomes(plan: Plan, left: str, right: str, types: Types, by: Dialect = DUCKDB) -> str:
    """`key` and `rank` of each person of the left. Only rows with a key are matched."""
    values = "".join(
        f", {_value(rule, side, f'{side[0]}.a{place}', types, by)} AS {side[0]}{place}"
        for place, rule in enumerate(plan.rules)
        for side in ("left", "right")
    )
    adds = [
        f"CASE WHEN {_agree(rule, place, by)} THEN 0 ELSE {PER_RULE + (1 << place)} END"
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


def _agree(rule: Rule, place: int, by: Dialect) -> str:
    left, right = f"l{place}", f"r{place}"
    if rule.kind != RuleKind.DATE:
        return f"{left} = {right}"
    none = f"({left} IS NULL AND {right} IS NULL)"
    days = by.days_between(left, right)
    return f"({none} OR coalesce(abs({days}) <= {int(rule.days)}, false))"


def _value(rule: Rule, side: str, column: str, types: Types, by: Dialect) -> str:
    """In one spelling; never nothing, but for a date."""
    if rule.kind == RuleKind.DATE:
        return by.date_of(column, types[side][getattr(rule, side)])
    text = f"coalesce({by.text_of(column)}, '')"
    if rule.kind == RuleKind.NAME:
        return plain_name(text, by)
    plain = f"trim({text})"
    if rule.kind == RuleKind.CODE and side == "left":
        told = " ".join(f"WHEN {by.literal(a)} THEN {by.literal(b)}" for a, b in rule.codes.items())
        return f"CASE {plain} {told} ELSE {plain} END"
    return plain


def _only(of: Side, by: Dialect) -> str:
    if not of.only_column:
        return ""
    listed = ", ".join(by.literal(one) for one in of.only_values)
    return f" WHERE trim({by.text_of(by.quoted(of.only_column))}) IN ({listed})"


def _plain(column: str, by: Dialect) -> str:
    return plain_number(by.text_of(column), by)
