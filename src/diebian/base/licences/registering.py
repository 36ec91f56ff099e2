"""One reading of a table of licences into the register: all of it, or nothing.

A transaction from the first row to the book: killed anywhere, nothing was in, and whoever comes
next reads the same snapshot again. Rows never pass through Python one by one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection, transaction

from diebian.base.lake.public import lake_table, last_snapshot, open_lake
from diebian.kernel import clock
from diebian.kernel.alone import alone
from diebian.kernel.errors import DiebianError
from diebian.kernel.progress import quiet
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM

from .merging import Merged, merge
from .models import LicenceTable, Outcome, Registration, TableVersion
from .plan import Plan, check, plan_of, types_in
from .refusals import TooManyFaults
from .spelling import COLUMNS, staged
from .staging import STAGED, copied

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

LOCK_SPACE = 6971  # of the advisory locks: one process for each table
MEMORY, THREADS = "1200MB", 2
SENTENCE = 500
Point = Callable[[str], None]


def register(table_id: int, *, point: Point = quiet) -> Registration | None:
    """What the lake has of it now, unless that is registered already or somebody is at it."""
    with alone(LOCK_SPACE, table_id) as is_ours:
        table = LicenceTable.objects.get(pk=table_id)
        version = table.versions.latest("number")
        plan, snapshot = plan_of(version.plan), last_snapshot(table.collection)
        if not is_ours or snapshot is None:
            return None
        known = Registration.objects.filter(version=version, snapshot=snapshot).first()
        if known is not None:
            return known
        try:
            return _register(table, version, plan, snapshot, point)
        except DiebianError as error:
            return _refused(version, snapshot, error)


@transaction.atomic
def _register(
    table: LicenceTable, version: TableVersion, plan: Plan, snapshot: int, point: Point
) -> Registration:
    types, source = types_in(plan), lake_table(plan.table)
    check(plan, source)
    made = Registration.objects.create(
        table=table, version=version, snapshot=snapshot, at=clock.now(), outcome=Outcome.DONE
    )
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
    with open_lake() as lake:
        _tuned(lake)
        told = staged(plan, source, snapshot, types)
        copied(lake.duck, f"SELECT {', '.join(COLUMNS)} FROM ({told})")
    point("staged")
    found = merge(made, types.values())
    point("merged")
    _look(found)
    made.counts = found.told
    made.save(update_fields=["counts"])
    table.registered_at = made.at
    table.save(update_fields=["registered_at"])
    table.types.set(types.values())
    audit.record(by=PLATFORM, action="licences.registered", subject=table.audit_subject)
    return made


def _tuned(lake: "TableStore") -> None:
    lake.duck.execute(f"SET memory_limit = '{MEMORY}'")
    lake.duck.execute(f"SET threads = {THREADS}")


def _look(found: Merged) -> None:
    """A declaration that does not fit would put every licence in doubt: then nothing is taken."""
    if found.faults * 2 > found.rows:
        raise TooManyFaults(f"{found.rows} 行里有 {found.faults} 行读不懂")


@transaction.atomic
def _refused(version: TableVersion, snapshot: int, error: DiebianError) -> Registration:
    made = Registration.objects.create(
        table=version.table, version=version, snapshot=snapshot, at=clock.now(),
        outcome=Outcome.REFUSED, sentence=error.told[:SENTENCE],
    )  # fmt: skip
    subject = version.table.audit_subject
    audit.record(by=PLATFORM, action="licences.registration.refused", subject=subject)
    return made
