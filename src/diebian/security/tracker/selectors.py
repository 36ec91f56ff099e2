from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from diebian.kernel.clock import CITY_TIME
from diebian.security.identity.public import department_name, person, subject_ref

from .models import Read

SHOWN = 200


@dataclass(frozen=True)
class ReadLine:
    """Who looked, for whom, what for: in words that a person reads."""

    at: datetime
    department: str
    reader: str
    purpose: str
    case_no: str
    resource: str
    columns: Sequence[str]
    found: bool
    times: int  # how often on that day, by the same reader, for the same thing


def reads_of(*, person_key: str) -> list[ReadLine]:
    """Every read of this person's data, newest first."""
    subject = subject_ref(person(person_key).id_number)
    return _lines(Read.objects.filter(subject=subject))


def reads_in(*, case_no: str) -> list[ReadLine]:
    return _lines(Read.objects.filter(case_no=case_no))


def _lines(reads: QuerySet[Read]) -> list[ReadLine]:
    rows = list(reads.order_by("-at", "-pk")[:SHOWN])
    names = {code: department_name(code) for code in {row.department for row in rows}}
    alike: dict[tuple[object, ...], list[Read]] = {}
    for row in rows:
        day = row.at.astimezone(CITY_TIME).date()
        key = (day, row.department, row.reader_person, row.resource, row.case_no, row.outcome)
        alike.setdefault(key, []).append(row)
    return [_line(group[0], names, len(group)) for group in alike.values()]


def _line(row: Read, names: Mapping[str, str], times: int) -> ReadLine:
    return ReadLine(
        at=row.at,
        department=names[row.department],
        reader=row.reader_person,
        purpose=row.purpose,
        case_no=row.case_no,
        resource=row.resource,
        columns=row.columns.split("、"),
        found=row.outcome == "found",
        times=times,
    )
