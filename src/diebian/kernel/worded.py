"""A question that every page asks is put into SQL once for the process, not at each asking.

Django builds the words of a query anew each time, and that costs five times the asking. Nothing
that the database answers is kept. Between two askings only what `Told` stands for may differ: a
question that depends on the moment, or on a setting, is none for here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler

NOTHING = "0"


class Told(Expression):
    """Stands in a filter for a text that is known when the question is asked."""

    def __init__(self, name: str):
        super().__init__(output_field=TextField())
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        del compiler, connection
        return "%s", (self,)


@dataclass(frozen=True)
class Worded:
    sql: str
    params: Sequence[Any]

    def rows(self, **told: str) -> list[tuple[Any, ...]]:
        """As the database gives them: no JSON, nothing that a field would have to translate."""
        filled = [told[one.name] if isinstance(one, Told) else one for one in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            return list(cursor.fetchall())


def worded(rows: QuerySet[Any, Any]) -> Worded:
    return Worded(*rows.query.sql_with_params())


def counts_worded(heaps: Iterable[Iterable[QuerySet[Any, Any]]]) -> Worded:
    """How many there are of each heap, a heap being rows of one or of several tables: one row."""
    columns, params = list[str](), list[Any]()
    for heap in heaps:
        counted = [_counted(rows) for rows in heap]
        columns.append(" + ".join([one.sql for one in counted] or [NOTHING]))
        params += [param for one in counted for param in one.params]
    return Worded(f"select {', '.join(columns)}", params)


def _counted(rows: QuerySet[Any, Any]) -> Worded:
    try:
        one = worded(rows.order_by().values_list("pk"))
    except EmptyResultSet:  # Django knows without asking that there are none
        return Worded(NOTHING, ())
    return Worded(f"(select count(*) from ({one.sql}) heap)", one.params)  # noqa: S608
