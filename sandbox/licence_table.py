"""A table of licences as departments have it in their own databases: typed by people, in their
own words. The platform takes it whole; nobody asks it row by row.
"""

from .server import Table

SCHEMA = """
create table if not exists zz(
  lsh text primary key, zzlx text not null, zzbh text not null, zjhm text not null,
  czr text not null, qfrq text not null, yxqz text not null, zt text not null, bz text not null);
"""
COLUMNS = ("lsh", "zzlx", "zzbh", "zjhm", "czr", "qfrq", "yxqz", "zt", "bz")


def licences_of(seed: str) -> Table:
    return Table(seed, "zz", COLUMNS)
