"""Rows in a source, collected into the lake table behind each entry, and mounted there."""

from collections.abc import Sequence

from diebian.base.catalogue.public import StockLine
from diebian.base.delivery.mounting import mount_table
from diebian.base.lake.public import (
    SourceKind,
    beside_address,
    collect,
    define_collection,
    lake_table,
    make_bench_tables,
    reading_many,
    register_source,
)
from diebian.kernel.progress import Progress, Report

from .people import manager
from .plan import Plan, sizes


def make_rows(plan: Plan, source: str) -> None:
    make_bench_tables(source, sizes(plan.tables, plan.rows))


def define(entries: Sequence[StockLine], source: str, report: Report) -> None:
    """A source of each department that has tables; each collection stands behind its entry."""
    systems: dict[str, str] = {}
    for number, entry in enumerate(entries):
        by = manager(entry.department)
        if entry.department not in systems:
            systems[entry.department] = f"bench-{len(systems):03}"
            register_source(
                slug=systems[entry.department],
                title=f"样例业务系统 {len(systems)}",
                department=entry.department,
                kind=SourceKind.POSTGRESQL,
                address=beside_address(source),
                is_sample=True,
                by=by,
            )
        define_collection(
            slug=slug_of(number),
            title=entry.title,
            source=systems[entry.department],
            table=f"t{number:04}",
            key=["id"],
            entry=entry.id,
            by=by,
        )
        report(Progress("登记归集", number + 1, len(entries)))


def collect_all(entries: Sequence[StockLine], report: Report) -> None:
    collect(*(slug_of(number) for number in range(len(entries))), report=report)


def mount(entries: Sequence[StockLine], report: Report) -> None:
    """Each column is shown as itself; as many as there are items stand for one each."""
    with reading_many():
        for number, entry in enumerate(entries):
            _mount(number, entry)
            report(Progress("挂载库表", number + 1, len(entries)))


def _mount(number: int, entry: StockLine) -> None:
    slug = slug_of(number)
    columns = [column.name for column in lake_table(slug).columns]
    mount_table(
        entry_id=entry.id,
        slug=slug,
        title=entry.title,
        collection=slug,
        fields={name: name for name in columns},
        items=dict(zip(columns, entry.items, strict=False)),
        by=manager(entry.department),
    )


def slug_of(number: int) -> str:
    return f"bench-t{number:04}"
