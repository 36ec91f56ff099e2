"""Real files of the kinds that departments hand in, with rows of their entry's items in them."""

import csv
import json
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from openpyxl import Workbook

from diebian.base.catalogue.public import StockLine
from diebian.base.delivery.mounting import mount_file
from diebian.kernel.progress import Progress, Report

from .people import manager

ROWS = 40
Table = list[list[str]]


def mount(entries: Sequence[StockLine], report: Report) -> None:
    kinds = list(KINDS.items())
    for number, entry in enumerate(entries):
        ending, written = kinds[number % len(kinds)]
        mount_file(
            entry_id=entry.id,
            slug=f"bench-f{number:04}",
            title=entry.title,
            name=f"样例{number:04}.{ending}",
            parts=[written(_rows(entry, number))],
            by=manager(entry.department),
        )
        report(Progress("挂载文件", number + 1, len(entries), unit="个文件"))


def _rows(entry: StockLine, number: int) -> Table:
    names = list(entry.items)
    values = [[f"样例{number}-{row}-{place}" for place in range(len(names))] for row in range(ROWS)]
    return [names, *values]


def _csv(rows: Table) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _json(rows: Table) -> bytes:
    head, *rest = rows
    told = [dict(zip(head, row, strict=True)) for row in rest]
    return json.dumps(told, ensure_ascii=False).encode()


def _xml(rows: Table) -> bytes:
    lines = ["".join(f"<c>{escape(value)}</c>" for value in row) for row in rows]
    return ("<rows>" + "".join(f"<r>{line}</r>" for line in lines) + "</rows>").encode()


def _txt(rows: Table) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def _xlsx(rows: Table) -> bytes:
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("样例")
    for row in rows:
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def _zip(rows: Table) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("rows.csv", _csv(rows))
    return out.getvalue()


KINDS: dict[str, Callable[[Table], bytes]] = {
    "csv": _csv, "xlsx": _xlsx, "json": _json, "xml": _xml, "txt": _txt, "zip": _zip,
}  # fmt: skip
