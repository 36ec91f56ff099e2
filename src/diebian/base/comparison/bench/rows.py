"""Two tables of persons whose outcome is known before anybody compares them.

Numbers are of area 2199, which does not exist. The left spells its numbers in four ways; of each
hundred one is unknown on the right, and some differ in name, date or kind.
"""

from collections import Counter
from typing import Any

import psycopg

from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

DAYS = 29_000  # from 1920 on, so that every year is written 19..
PLAN: dict[str, Any] = {
    "left": {"id_number": "id_no"},
    "right": {"id_number": "card"},
    "rules": [
        {"name": "姓名", "left": "name", "right": "fullname", "kind": "name"},
        {"name": "日期", "left": "registered", "right": "since", "kind": "date", "days": 30},
        {
            "name": "类别",
            "left": "kind",
            "right": "kind",
            "kind": "code",
            "codes": {"0": "310", "1": "320", "2": "390"},
        },
    ],
    "wanted": ["same", "differs", "left_only"],
}
TYPES = {
    "left": {"id_no": "VARCHAR", "name": "VARCHAR", "registered": "DATE", "kind": "VARCHAR"},
    "right": {"card": "VARCHAR", "fullname": "VARCHAR", "since": "DATE", "kind": "VARCHAR"},
}
REMAINDERS = {100: 99, 50: 3, 40: 5, 80: 7}  # as LEFT plants them: unknown, name, date, kind
_BODY = (
    f"'219902' || to_char(date '1920-01-01' + (j % {DAYS})::int, 'YYYYMMDD') || "
    f"lpad((j / {DAYS})::text, 3, '0')"
)
_SUM = " + ".join(
    f"substr(body, {place + 1}, 1)::int * {weight}" for place, weight in enumerate(ID_WEIGHTS)
)
_NUMBERED = f"select *, body || substr('{ID_CHECKS}', ({_SUM}) % 11 + 1, 1) as no"
RIGHT = f"""
create table insured as select j::bigint as id, no as card,
  case when j % 11 = 0 then '样 例' else '样例' end || (j % 9973) as fullname,
  date '2020-01-01' + (j % 2000)::int as since, (array['310', '320', '390'])[j % 3 + 1] as kind,
  '样例备注' || (j % 977) as remark
from ({_NUMBERED} from (select j, {_BODY} as body from generate_series(1, %s) j) b) n
"""
LEFT = f"""
create table jobless as select i::bigint as id,
  case i % 20 when 0 then substr(no, 1, 6) || substr(no, 9, 9)
    when 1 then translate(no, '0123456789X', '０１２３４５６７８９Ｘ')
    when 2 then ' ' || lower(no) else no end as id_no,
  case when i % 50 = 3 then '样例改名' else '样例' || (j % 9973) end as name,
  date '2020-01-01' + (j % 2000)::int + case when i % 40 = 5 then 60 else (i % 5)::int end
    as registered,
  case when i % 80 = 7 then '9' else (j % 3)::text end as kind
from ({_NUMBERED} from (select i, j, {_BODY} as body from (
  select i, case when i % 100 = 99 then i + 2400000 else i * 7 end as j
  from generate_series(1, %s) i) x) b) n
"""


def make(url: str, left: int, right: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(RIGHT.replace("%s", str(right)).encode())
        connection.execute(LEFT.replace("%s", str(left)).encode())
        for table in ("insured", "jobless"):
            connection.execute(f"alter table {table} add primary key (id)".encode())
        connection.execute("vacuum analyze")


def planted(left: int) -> dict[str, int]:
    """Counts by outcome, from how the rows were made and without comparing anything."""
    return dict(Counter(_planted(number) for number in range(1, left + 1)))


def _planted(i: int) -> str:
    every = {modulus: i % modulus == rest for modulus, rest in REMAINDERS.items()}
    if every.pop(100):
        return "left_only"
    return "differs" if any(every.values()) else "same"
