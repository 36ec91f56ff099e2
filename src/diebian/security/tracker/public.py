"""The tracker's door. The read path writes it with INSERT_READ, a page with `record_page_read`.

A request id that is there already is refused by the database and never passed over: then the call
is not answered, and nobody hides a read behind another.
"""

from .actions import add_subjects, open_mass_read, record_page_read
from .selectors import (
    CallRead,
    Looks,
    Reader,
    ReadLine,
    ReadPage,
    cases_reading,
    count_reads,
    looks_since,
    read_of_call,
    readers_of,
    reads_in,
    reads_of,
    was_among,
)

READ_COLUMNS = (
    "request_id",
    "client_call_id",
    "route",
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
INSERT_READ = f"insert into tracker_read ({', '.join(READ_COLUMNS)}) values ({_PLACES})"  # noqa: S608

__all__ = [
    "INSERT_READ",
    "READ_COLUMNS",
    "CallRead",
    "Looks",
    "ReadLine",
    "ReadPage",
    "Reader",
    "add_subjects",
    "cases_reading",
    "count_reads",
    "looks_since",
    "open_mass_read",
    "read_of_call",
    "readers_of",
    "reads_in",
    "reads_of",
    "record_page_read",
    "was_among",
]
