"""The tracker's door. The read path writes it with INSERT_READ, a page with `record_page_read`."""

from .actions import add_subjects, open_mass_read, record_page_read
from .selectors import (
    Reader,
    ReadLine,
    ReadPage,
    cases_reading,
    count_reads,
    readers_of,
    reads_in,
    reads_of,
)

READ_COLUMNS = (
    "request_id",
    "at",
    "subject",
    "reader_system",
    "reader_person",
    "department",
    "purpose",
    "case_no",
    "resource",
    "columns",
    "outcome",
)
_PLACES = ", ".join(f"${place}" for place in range(1, len(READ_COLUMNS) + 1))
INSERT_READ = (
    f"insert into tracker_read ({', '.join(READ_COLUMNS)}) values ({_PLACES}) "  # noqa: S608
    "on conflict (request_id) do nothing"
)

__all__ = [
    "INSERT_READ",
    "READ_COLUMNS",
    "ReadLine",
    "ReadPage",
    "Reader",
    "add_subjects",
    "cases_reading",
    "count_reads",
    "open_mass_read",
    "readers_of",
    "reads_in",
    "reads_of",
    "record_page_read",
]
