"""Tasks and sheets for tests, made by the real actions on known days of 2026."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from diebian.kernel import clock
from diebian.scenes.supervision import actions
from diebian.scenes.supervision.models import Criterion, Sheet, Site, Task
from diebian.scenes.supervision.sheets import open_sheets, submit_sheet
from diebian.security.identity.public import PLATFORM, Actor, actor_by_username, department_keys

LEAD, OTHER = "91110000600037341L", "914403001922038216"
WORD = "样例口令一二三"
PEOPLE = {
    "lead": (LEAD, "department_head"),
    "helper": (OTHER, "department_head"),
    "clerk": (LEAD, "window_clerk"),
    "supervisor": (OTHER, "data_authority"),
    "mayor": (OTHER, "mayor"),
}
MONDAY, DUE = date(2026, 3, 2), date(2026, 3, 16)


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.held_at(datetime(day.year, day.month, day.day, 2, tzinfo=UTC)):
        yield


def who(username: str) -> Actor:
    return actor_by_username(username)


def raised() -> Task:
    with on(MONDAY):
        return actions.raise_task(
            title="样例事项", wanted="看得见", origin="instruction", origin_says="", by=who("mayor")
        )


def assigned() -> Task:
    task = raised()
    with on(MONDAY):
        actions.register(public_id=task.public_id, by=who("supervisor"))
        told = {"lead": LEAD, "due": DUE, "co": [OTHER, LEAD]}
        actions.assign(public_id=task.public_id, **told, by=who("supervisor"))  # type: ignore[arg-type]
    task.refresh_from_db()
    return task


def under_way() -> Task:
    task = assigned()
    with on(MONDAY):
        actions.accept(public_id=task.public_id, by=who("lead"))
    task.refresh_from_db()
    return task


def claimed() -> Task:
    task = under_way()
    with on(date(2026, 3, 5)):
        actions.claim_done(public_id=task.public_id, text="办好了", link="/record/", by=who("lead"))
    task.refresh_from_db()
    return task


def opened_sheet() -> Sheet:
    key = department_keys()[LEAD]
    Site.objects.create(code="S1", name="样例中心", kind="centre", department_id=key)
    for code, points in (("K1", 10), ("K2", 5)):
        Criterion.objects.create(code=code, title=f"样例{code}", how="看", points=points)
    with on(MONDAY):
        open_sheets(by=PLATFORM)
    return Sheet.objects.get()


def submitted_sheet() -> Sheet:
    sheet = opened_sheet()
    points = {one.pk: one.most for one in sheet.scores.all()}
    with on(date(2026, 3, 3)):
        submit_sheet(public_id=sheet.public_id, points=points, says={}, by=who("lead"))
    sheet.refresh_from_db()
    return sheet
