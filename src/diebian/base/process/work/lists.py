"""待办: what stands before a desk or a person, page by page, the oldest first.

A page begins after a task and not at a number: what is done meanwhile moves nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any

from diebian.base.process.definitions.drawing import Node
from diebian.base.process.definitions.selectors import drawing_of
from diebian.base.process.running import rows
from diebian.base.process.running.models import Standing
from diebian.security.identity.public import Actor

PAGE = 50
Place = tuple[datetime, int, int]  # since, case, task
COLUMNS = """t.since, t.case_id, t.number, t.element, t.item, t.standing, t.holder, t.department,
  t.post, c.title, c.business_key, c.version_id
from process_token t join process_case c on c.id = t.case_id"""
AFTER = "(t.since, t.case_id, t.number) > (%(since)s, %(case)s, %(task)s)"
ORDER = "order by t.since, t.case_id, t.number limit %(most)s"
DESK = f"""select {COLUMNS} where t.department = %(department)s and t.post = %(post)s
and t.standing in ('task', 'aside') and t.holder in ('', %(holder)s) and {AFTER} {ORDER}"""
OWN = f"""select {COLUMNS} where t.holder = %(holder)s and t.holder <> ''
and t.standing in ('task', 'aside') and {AFTER} {ORDER}"""
FIRST: Place = (datetime.min.replace(tzinfo=UTC), 0, 0)


@dataclass(frozen=True)
class TaskLine:
    since: datetime
    case: int
    task: int
    name: str
    item: str
    is_countersign: bool
    outcomes: tuple[str, ...]
    holder: str
    title: str
    business_key: str
    form: str

    @property
    def place(self) -> Place:
        return self.since, self.case, self.task


@dataclass(frozen=True)
class TaskPage:
    lines: Sequence[TaskLine]
    after: Place | None  # of the next page; None on the last


def desk_tasks(*, by: Actor, after: Place = FIRST, most: int = PAGE) -> TaskPage:
    """What this official may take, or has taken: of each post that she holds in her department."""
    if not by.department:
        return TaskPage([], None)
    found = [
        _asked(DESK, after, most, department=by.department, post=post, holder=by.key)
        for post in by.posts
    ]
    return _page(merge(*found), most)


def own_tasks(*, by: Actor, after: Place = FIRST, most: int = PAGE) -> TaskPage:
    """What somebody holds: claimed, handed over, or hers as the person whom it is about."""
    return _page(_asked(OWN, after, most, holder=by.key), most)


def _asked(sql: str, after: Place, most: int, **told: str) -> list[tuple[Any, ...]]:
    since, case, task = after
    given = {**told, "since": since, "case": case, "task": task, "most": most + 1}
    with rows.cursor() as cursor:
        return cursor.execute(sql, given).fetchall()


def _page(found: Iterable[tuple[Any, ...]], most: int) -> TaskPage:
    taken = list(islice(found, most + 1))
    lines = [_line(row) for row in taken[:most]]
    return TaskPage(lines, lines[-1].place if len(taken) > most else None)


def _line(row: tuple[Any, ...]) -> TaskLine:
    since, case, task, element, item, standing, holder, _, _, title, business_key, version = row
    node: Node = drawing_of(version).nodes[element]
    is_countersign = standing == Standing.ASIDE
    outcomes = ("同意", "不同意") if is_countersign else node.outcomes
    return TaskLine(since, case, task, node.name, item, is_countersign, outcomes, holder, title,
                    business_key, node.form)  # fmt: skip
