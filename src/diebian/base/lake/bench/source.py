"""The source that benches collect from: a thousand tables, generated inside PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

MAKE = """
do $make$
declare one record;
begin
  for one in select name, rows from bench_sizes order by name loop
    execute format($$create table %I as select i::bigint as id,
      '91' || lpad((i * 7919 %% 1000000007)::text, 16, '0') as code,
      '样例' || (i %% 9973) as name, ((i * 31 %% 1000000) / 100.0)::numeric(12,2) as amount,
      date '2020-01-01' + (i %% 2000)::int as born,
      timestamp '2022-01-01' + i * interval '1 second' as changed, (i %% 4)::int as state,
      case when i %% 3 = 0 then '样例备注' || (i %% 977) end as remark {columns}
      from generate_series(1::bigint, %s) i {joined}$$, one.name, one.rows);
    execute format('alter table %I add primary key (id)', one.name);
    commit;
  end loop;
end $make$;
"""


@dataclass(frozen=True)
class Plan:
    sizes: Mapping[int, int]  # rows of a table: how many such tables
    rest: int  # further rows of one table
    has_peer: bool

    @property
    def tables(self) -> dict[str, int]:
        rows = [size for size, count in self.sizes.items() for _ in range(count)]
        rows[0] += self.rest
        return {f"t{number:04}": count for number, count in enumerate(rows)}


@dataclass(frozen=True)
class Also:
    """Further columns: SQL of `i`, the row's number, within a `format`: `%%` for one `%`."""

    before: str = ""
    columns: str = ""
    joined: str = ""
    after: str = ""


NOTHING = Also()
# As a city has them: few large tables, many small ones; 15,324,904 rows in 1,101 tables.
WHOLE = Plan({1_000_000: 1, 300_000: 10, 60_000: 90, 5_924: 1000}, 904, has_peer=True)
QUICK = Plan({150_000: 1, 60_000: 9, 6_000: 100}, 0, has_peer=False)

SCALE = Plan({1_000_000: 1, 300_000: 1, 60_000: 5, 6_000: 12}, 0, has_peer=False)
SCALE_QUICK = Plan({30_000: 1, 6_000: 1}, 0, has_peer=False)


def make(url: str, tables: Mapping[str, int], also: Also = NOTHING) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table bench_sizes (name text, rows bigint)")
        with connection.cursor().copy("copy bench_sizes from stdin") as copy:
            for row in tables.items():
                copy.write_row(row)
        connection.execute(also.before.encode())
        told = MAKE.replace("{columns}", also.columns).replace("{joined}", also.joined)
        connection.execute(told.encode())
        connection.execute(also.after.encode())
        connection.execute("drop table bench_sizes")
        connection.execute("vacuum analyze")
