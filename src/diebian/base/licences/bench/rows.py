"""A department's table of licences, of people who do not exist, with faults that are counted."""

from typing import Any

import psycopg

from diebian.standards.identifiers import ID_CHECKS, ID_WEIGHTS

DAYS = 29_000  # from 1920 on
FAULTY = 1000  # each thousandth row has a number of which the check is wrong
TYPES = 122
_BODY = (
    f"'219902' || to_char(date '1920-01-01' + (p % {DAYS})::int, 'YYYYMMDD') || "
    f"lpad((p / {DAYS})::text, 3, '0')"
)
_SUM = " + ".join(
    f"substr(body, {place + 1}, 1)::int * {weight}" for place, weight in enumerate(ID_WEIGHTS)
)
_PLACE = f"({_SUM}) % 11 + case when p % {FAULTY} = 7 then 2 else 1 end"
MADE = f"""create table zz as select p::bigint as id, lpad((p % {TYPES})::text, 3, '0') as zzlx,
  'Z' || lpad(p::text, 12, '0') as zzbh, body || substr('{ID_CHECKS}0', {_PLACE}, 1) as zjhm,
  '样例' || (p % 9973) as xm, to_char(date '2015-01-01' + (p % 4000)::int, 'YYYYMMDD') as qfrq,
  case when p % 3 = 0 then '长期'
    else to_char(date '2026-01-01' + (p % 3000)::int, 'YYYYMMDD') end as yxqz,
  case when p % 97 = 0 then '3' when p % 89 = 0 then '2' else '1' end as zt,
  '样例路' || (p % 997) || '号' as zz
from (select p, {_BODY} as body from generate_series(1, %s::bigint) p) b"""
PLAN: dict[str, Any] = {
    "slug": "bench",
    "title": "样例",
    "table": "zz",
    "type": {"from": "zzlx", "codes": {f"{n:03d}": f"LT{n:03d}" for n in range(TYPES)}},
    "number": "zzbh",
    "holder_number": "zjhm",
    "holder_name": "xm",
    "issued": "qfrq",
    "until": {"from": "yxqz", "endless": ["长期"]},
    "status": {"from": "zt", "codes": {"1": "in_force", "2": "suspended", "3": "revoked"}},
    "fields": {"住址": "zz"},
}


def make(url: str, rows: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(MADE.replace("%s", str(rows)).encode())
        connection.execute(b"alter table zz add primary key (id)")
        connection.execute(b"vacuum analyze zz")


def altered(url: str) -> None:
    """Of ten thousand rows one is suspended, one renewed, one gone."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(b"update zz set zt = '2' where id % 10000 = 1 and zt = '1'")
        connection.execute(b"update zz set qfrq = '20261101' where id % 10000 = 2")
        connection.execute(b"delete from zz where id % 10000 = 3")
