"""What an office does with what comes in: a register of cases, and a log that only grows.

Each system tells of both in words of its own. Nobody sits here, so the office decides by itself:
whoever asks how things stand finds every case one step further than at the last time. What the
applicant wrote can ask for another end: 样例补正, 样例不予.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import asyncpg

SCHEMA = """
create table if not exists bj(
  nr bigserial primary key, ref text not null unique, item text not null, person text not null,
  name text not null, form text not null, step text not null default 'in');
create table if not exists bjlog(
  seq bigserial primary key, nr bigint not null references bj, step text not null,
  says text not null default '', at timestamp not null default clock_timestamp());
"""
# From one step to the next; what is wanted once is not wanted again.
WORK = """
with due as (
  select nr, step, form, exists(
    select 1 from bjlog where bjlog.nr = bj.nr and bjlog.step = 'wanting') as asked
  from bj where step in ('in', 'accepted') for update skip locked),
moved as (
  update bj set step = case
    when due.step = 'in' then 'accepted'
    when due.form like '%样例补正%' and not due.asked then 'wanting'
    when due.form like '%样例不予%' then 'refused'
    else 'granted' end
  from due where bj.nr = due.nr returning bj.nr, bj.step)
insert into bjlog(nr, step, says)
select nr, step, case step when 'wanting' then '请补一份样例说明'
  when 'refused' then '样例：不符合条件' else '' end from moved order by nr
"""
TRIAL = "TEST"  # a reference with this beginning is somebody trying the line: answered, not kept
TRIED = {"seq": 0, "nr": 0, "ref": TRIAL, "step": "in", "says": ""}


@dataclass(frozen=True)
class Filed:
    nr: int
    ref: str


async def file(pool: asyncpg.Pool, *, ref: str, about: dict[str, str]) -> Filed:
    """The same reference is the same case, however often it comes. `about`: item, person, name,
    form.
    """
    if ref.startswith(TRIAL):
        return Filed(0, ref)
    if not (about["item"] and about["person"] and about["name"]):
        raise ValueError(ref)
    async with pool.acquire() as connection, connection.transaction():
        made = await connection.fetchval(
            "insert into bj(ref, item, person, name, form) values($1, $2, $3, $4, $5) "
            "on conflict do nothing returning nr",
            ref, about["item"], about["person"], about["name"], about["form"],
        )  # fmt: skip
        if made is None:
            return Filed(await connection.fetchval("select nr from bj where ref = $1", ref), ref)
        await connection.execute("insert into bjlog(nr, step) values($1, 'in')", made)
        return Filed(made, ref)


async def added(pool: asyncpg.Pool, *, ref: str, kind: str, form: str) -> Filed | None:
    """A supplement goes to the file and the work goes on; what is taken back goes no further."""
    if ref.startswith(TRIAL):
        return Filed(0, ref)
    step = "taken back" if kind == "withdrawn" else "accepted"
    nr = await pool.fetchval(
        "update bj set form = form || $2, step = $3 "
        "where ref = $1 and step not in ('granted', 'refused') returning nr",
        ref, form, step,
    )  # fmt: skip
    if nr is None:
        nr = await pool.fetchval("select nr from bj where ref = $1", ref)
    return None if nr is None else Filed(nr, ref)


async def told_since(pool: asyncpg.Pool, seq: int, most: int) -> list[dict[str, Any]]:
    """Below nought: a line to try with."""
    if seq < 0:
        return [TRIED]
    rows = await pool.fetch(
        "select seq, bj.nr, ref, bjlog.step, says from bjlog join bj using (nr) "
        "where seq > $1 order by seq limit $2", seq, most,
    )  # fmt: skip
    if not rows:
        await pool.execute(WORK)
    return [dict(row) for row in rows]


def numbered(prefix: str, nr: int) -> str:
    return f"{prefix}{nr:08d}"


def twice(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some systems tell the last one again, to be sure."""
    return list(itertools.chain(rows, rows[-1:]))
