"""Columns and rules that the bench adds to the tables of `bench collect`.

ID numbers and credit codes are made of a head from a small table and a running number, with the
right check character: nearly all differ, as in life, and one in some hundreds is wrong.
"""

from collections.abc import Mapping
from typing import Any

from diebian.standards.credit_code import ALPHABET, WEIGHTS
from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

HEADS, HEAD = 9973, 14  # a prime: neighbours differ; places before the running number
NO_ID, WRONG_ID, WRONG_CODE, WRONG_AREA = 1013, 499, 997, 1009
AREAS = "area"


def _head_sum(text: str, alphabet: str, weights: tuple[int, ...]) -> str:
    places = range(HEAD)
    return " + ".join(
        f"{weights[at]} * (strpos('{alphabet}', substr({text}, {at + 1}, 1)) - 1)" for at in places
    )


def _tail(weights: tuple[int, ...]) -> str:
    """Of the running number: its three digits by their weights; `%%` as within a format."""
    steps = (HEADS * 100, HEADS * 10, HEADS)
    return " + ".join(
        f"{weight} * (i / {step} %% 10)"
        for weight, step in zip(weights[HEAD:17], steps, strict=True)
    )


_ID = "'11010' || (1 + n % 6) || to_char(date '1950-01-01' + n * 2, 'YYYYMMDD')"
_CODE = "'91110101' || lpad((n * 7 % 1000000)::text, 6, '0')"
_BEFORE = f"""
create table {AREAS} (code text primary key);
insert into {AREAS} select '11010' || n from generate_series(1, 6) n;
create table bench_heads as select n, id_head, code_head, '11010' || (1 + n % 6) as area,
  {_head_sum("id_head", "0123456789", ID_WEIGHTS)} as id_sum,
  {_head_sum("code_head", ALPHABET, WEIGHTS)} as code_sum
  from (select n, {_ID} as id_head, {_CODE} as code_head from generate_series(0, {HEADS - 1}) n) h;
alter table bench_heads add primary key (n);
analyze bench_heads;
"""
_NUMBER = f"lpad((i / {HEADS} %% 1000)::text, 3, '0')"
_COLUMNS = f"""
, case when i %% {NO_ID} > 0 then id_head || {_NUMBER} || substr('{ID_CHECKS}',
    ((id_sum + {_tail(ID_WEIGHTS)} + (i %% {WRONG_ID} = 0)::int) %% 11)::int + 1, 1) end as id_no
, code_head || {_NUMBER} || substr('{ALPHABET}', ((31 - (code_sum + {_tail(WEIGHTS)}
    + (i %% {WRONG_CODE} = 0)::int) %% 31) %% 31)::int + 1, 1) as uscc
, case when i %% {WRONG_AREA} = 0 then '110109' else h.area end as area
"""
ALSO: Mapping[str, str] = {
    "before": _BEFORE,
    "columns": _COLUMNS,
    "joined": f"join bench_heads h on h.n = i %% {HEADS}",
    "after": "drop table bench_heads",
}
RULES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("id_number", {"column": "id_no"}),
    ("credit_code", {"column": "uscc"}),
    ("filled", {"column": "id_no"}),
    ("filled", {"column": "name"}),
    ("range", {"column": "amount", "least": "0", "most": "9998"}),
    ("range", {"column": "born", "least": "2020-01-02", "most": "2026-12-31"}),
    ("codes", {"column": "state", "codes": ["0", "1", "2", "3"], "says": "样例状态"}),
    ("length", {"column": "remark", "least": "1", "most": "7"}),
    (
        "condition",
        {
            "column": "amount",
            "relation": "at_most",
            "value": "9990",
            "when_column": "state",
            "when_relation": "is",
            "when_value": "0",
        },
    ),
    ("unique", {"columns": ["code"]}),
    ("reference", {"column": "area", "other": f"bench-{AREAS}", "other_column": "code"}),
)
