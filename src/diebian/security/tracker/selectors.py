from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, Max, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from diebian.kernel.clock import CITY_TIME
from diebian.security.identity.public import department_names, subject_of

from .models import MassRead, MassReadSubject, Read

A_PAGE, SHOWN = 30, 200
SAME = ("department", "reader_person", "purpose", "case_no", "resource", "columns", "outcome")


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


@dataclass(frozen=True)
class CallRead:
    """What one call read, and of whom: for those who answer for the call, not for the person."""

    at: datetime
    subject: str  # blind: identity.subject_ref
    reader: str
    department: str
    purpose: str
    case_no: str
    resource: str
    columns: Sequence[str]
    found: bool
    client_call_id: str


@dataclass(frozen=True)
class Looks:
    """How one system asked one resource in some time."""

    system: str
    route: str
    nobody: int  # answers that found no record
    persons: int  # different ones that were asked for


@dataclass(frozen=True)
class ReadPage:
    lines: list[ReadLine]
    page: Page[Any]


def reads_of(*, person_key: str, page: str = "1") -> ReadPage:
    """Every read of this person's data, newest first, page by page."""
    subject = subject_of(person_key)
    reads: QuerySet[Any, dict[str, Any]] = _alike(Read.objects.filter(subject=subject)).order_by()
    both = reads.union(_among_many(subject), all=True).order_by("-last", *SAME)
    shown = Paginator(both, A_PAGE).get_page(page)
    return ReadPage(_lines(shown.object_list), shown)


def count_reads(*, person_key: str) -> int:
    subject = subject_of(person_key)
    among = MassReadSubject.objects.filter(subject=bytes.fromhex(subject))
    return Read.objects.filter(subject=subject).count() + among.count()


def reads_in(*, case_no: str) -> list[ReadLine]:
    return _lines(_alike(Read.objects.filter(case_no=case_no))[:SHOWN])


def read_of_call(request_id: str) -> CallRead | None:
    """By the id that the call has in every book; None where nothing was read."""
    row = Read.objects.filter(request_id=request_id).first()
    if row is None:
        return None
    return CallRead(
        at=row.at,
        subject=row.subject,
        reader=row.reader_person,
        department=department_names([row.department]).get(row.department, ""),
        purpose=row.purpose,
        case_no=row.case_no,
        resource=row.resource,
        columns=row.columns.split("、"),
        found=row.outcome == "found",
        client_call_id=row.client_call_id,
    )


def looks_since(
    moment: datetime, *, system: str = "", route: str = "", until: datetime | None = None
) -> list[Looks]:
    """Reads through the gateway since then, by who asked and what; narrowed where told."""
    reads = Read.objects.filter(at__gt=moment).exclude(route="")
    for field, value in (("reader_system", system), ("route", route), ("at__lte", until)):
        reads = reads.filter(**{field: value}) if value else reads
    rows = reads.values("reader_system", "route").annotate(
        nobody=Count("pk", filter=Q(outcome="none")), persons=Count("subject", distinct=True)
    )
    told = rows.order_by("reader_system", "route")
    return [
        Looks(one["reader_system"], one["route"], one["nobody"], one["persons"]) for one in told
    ]


def cases_reading(*, subject: str, resource: str) -> list[str]:
    """Numbers of the cases for which this was read of this person, each once."""
    rows = Read.objects.filter(subject=subject, resource=resource).exclude(case_no="")
    rows = rows.order_by("case_no")
    return list(rows.values_list("case_no", flat=True).distinct())


def was_among(*, subject: str, request_ids: Iterable[str]) -> set[str]:
    """Of these readings of many those in which this person was."""
    rows = MassReadSubject.objects.filter(subject=bytes.fromhex(subject))
    found = rows.filter(read__request_id__in=list(request_ids))
    return set(found.values_list("read__request_id", flat=True))


@dataclass(frozen=True)
class Reader:
    """A department (credit code) that read something of a person, and for which cases."""

    department: str
    cases: Sequence[str]


def readers_of(*, subject: str, resources: Iterable[str]) -> list[Reader]:
    """Who read this person's data under any of these titles, by code of department."""
    rows = Read.objects.filter(subject=subject, resource__in=list(resources))
    told: dict[str, list[str]] = {}
    pairs = rows.values_list("department", "case_no").distinct()
    for department, case_no in pairs.order_by("department", "case_no"):
        told.setdefault(department, []).append(case_no)
    return [Reader(department, cases) for department, cases in told.items()]


def _among_many(subject: str) -> QuerySet[MassRead, dict[str, Any]]:
    """Readings of many in which this person was, in the columns of `_alike`."""
    rows = MassRead.objects.filter(subjects__subject=bytes.fromhex(subject))
    by_day = rows.annotate(
        day=TruncDate("at", tzinfo=CITY_TIME),
        outcome=F("subjects__outcome"),
        times=Value(1, output_field=IntegerField()),
        last=F("at"),
    )
    told: QuerySet[MassRead, dict[str, Any]] = by_day.values("day", *SAME, "times", "last")
    return told


def _alike(reads: QuerySet[Read]) -> QuerySet[Read, dict[str, Any]]:
    """The same reader looking at the same thing for the same case on one day is one line."""
    by_day = reads.annotate(day=TruncDate("at", tzinfo=CITY_TIME)).values("day", *SAME)
    counted = by_day.annotate(times=Count("pk"), last=Max("at"))
    told: QuerySet[Read, dict[str, Any]] = counted.order_by("-last", *SAME)
    return told


def _lines(rows: Iterable[dict[str, Any]]) -> list[ReadLine]:
    told = list(rows)
    names = department_names(row["department"] for row in told)
    return [_line(row, names) for row in told]


def _line(row: Mapping[str, Any], names: Mapping[str, str]) -> ReadLine:
    return ReadLine(
        at=row["last"],
        department=names.get(row["department"], ""),
        reader=row["reader_person"],
        purpose=row["purpose"],
        case_no=row["case_no"],
        resource=row["resource"],
        columns=row["columns"].split("、"),
        found=row["outcome"] == "found",
        times=row["times"],
    )
