"""What stands in the books of other components, as an auditor asks the database."""

from typing import Any

from django.db import connection

from diebian.security.tracker.public import READ_COLUMNS

from .people import CONSUMER, SLUG, SYSTEM, department


def reads(*columns: str) -> list[tuple[Any, ...]]:
    """Of the tracker's reads these columns, in the order of writing."""
    return _asked(f"select {', '.join(columns)} from tracker_read order by id")  # noqa: S608


def write_read(**told: Any) -> None:
    """As the read path writes it."""
    row = {
        "client_call_id": "sample",
        "route": SLUG,
        "reader_system": SYSTEM,
        "reader_person": "样例",
        "department": department(CONSUMER),
        "purpose": "样例用途",
        "case_no": "SAMPLE-1",
        "resource": "样例房屋查询",
        "columns": "权利人",
        "outcome": "found",
        **told,
    }
    places = ", ".join(["%s"] * len(READ_COLUMNS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into tracker_read ({', '.join(READ_COLUMNS)}) values ({places})",  # noqa: S608
            [row[name] for name in READ_COLUMNS],
        )


def notices(key: str = "") -> list[str]:
    """What was told to somebody, or to anybody, the newest last."""
    rows = _asked("select key, body from messages_notice order by id")
    return [body for whom, body in rows if not key or whom == key]


def _asked(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
