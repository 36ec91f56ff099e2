"""Very many cases as the engine leaves them: one is made by its actions and copied in SQL."""

from diebian.base.process.running import rows

CHILDREN = ("token", "decision", "revision", "steplog", "job")
COPIED = """
insert into process_case (version_id, business_key, title, department, person, parent,
  parent_token, depth, state, outcome, sequence, opened_at, closed_at)
select version_id, business_key || '-' || i, title || i, department, person, parent, parent_token,
  depth, state, outcome, sequence, opened_at - i * interval '1 second', closed_at
from process_case, generate_series(1, %s) i where id = %s"""
COLUMNS = """select column_name from information_schema.columns
where table_name = %s and table_schema = current_schema() and is_identity = 'NO'
order by ordinal_position"""
CHANGED = {
    "case_id": "c.id",
    "since": "x.since - (c.id - %(like)s) * interval '1 second'",
    "key": "x.key || '-' || c.id",
}


def copies_of(case: int, count: int) -> None:
    """`count` more of it, each with rows of its own."""
    with rows.cursor() as cursor:
        last = cursor.execute("select max(id) from process_case").fetchone()
        cursor.execute(COPIED, (count, case))
        for child in CHILDREN:
            table = f"process_{child}"
            names = [one for (one,) in cursor.execute(COLUMNS, (table,)).fetchall()]
            told = ", ".join(CHANGED.get(one, f"x.{one}") for one in names)
            cursor.execute(
                f"insert into {table} ({', '.join(names)}) select {told} from {table} x,"
                " process_case c where x.case_id = %(like)s and c.id > %(last)s",
                {"like": case, "last": last[0] if last else 0},
            )
