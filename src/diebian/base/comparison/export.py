"""The list of a run as a file. Each is written down before its first byte leaves."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from django.db import transaction

from diebian.kernel.cells import safe_text
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import selectors
from .models import Run
from .refusals import TooManyRows

HEADER = ("公民身份号码", "结果", "不一致的项")
MOST_IN_XLSX = 50_000  # more takes longer than anybody waits; CSV flows


def csv_of(*, run: Run, outcome: str, by: Actor) -> Iterator[bytes]:
    rows = selectors.results_for(by, run, outcome)
    _written_down(run, outcome, "csv", by)
    return _csv(selectors.listed(run, rows))


def xlsx_of(*, run: Run, outcome: str, by: Actor) -> bytes:
    rows = selectors.results_for(by, run, outcome)
    if rows.count() > MOST_IN_XLSX:
        raise TooManyRows(f"超过 {MOST_IN_XLSX} 人")
    _written_down(run, outcome, "xlsx", by)
    from openpyxl import Workbook  # slow to load: not for every process

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(HEADER)
    for row in selectors.listed(run, rows):
        sheet.append([safe_text(one) for one in row])
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


@transaction.atomic
def _written_down(run: Run, outcome: str, format_: str, by: Actor) -> None:
    subject = run.comparison.audit_subject
    action = f"comparison.run.exported_{format_}"
    audit.record(by=by, action=action, subject=f"{subject}:{run.number}:{outcome}")


def _csv(rows: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    yield "\ufeff".encode()  # so that a spreadsheet reads it as UTF-8
    yield _line(HEADER)
    for row in rows:
        yield _line(row)


def _line(cells: tuple[str, ...]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerow([safe_text(one) for one in cells])
    return text.getvalue().encode()
