"""Tables of licences as officials see them: counts, readings, what was set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post
from diebian.standards.masking import masked

from . import policy
from .models import Held, HeldFault, LicenceTable, LicenceType, Registration, TableVersion
from .plan import Plan, plan_of
from .reasons import REASONS
from .states import State

A_PAGE = 50


@dataclass(frozen=True)
class TableLine:
    table: LicenceTable
    held: int
    faults: int


@dataclass(frozen=True)
class TypeCount:
    """`states`: words and number, of the newest version of each licence."""

    type: LicenceType
    held: int
    doubted: int
    states: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class FaultLine:
    row: str  # masked
    reason: str


def tables_seen_by(by: Actor) -> QuerySet[LicenceTable]:
    rows = LicenceTable.objects.select_related("department").order_by("title")
    return rows if by.holds(Post.AUTHORITY) else rows.filter(department__credit_code=by.department)


def overview(by: Actor) -> list[TableLine]:
    tables = list(tables_seen_by(by))
    held = dict(
        Held.objects.filter(table__in=tables, is_current=True)
        .values("table").order_by("table").values_list("table", Count("pk"))
    )  # fmt: skip
    faults = dict(
        HeldFault.objects.filter(table__in=tables)
        .values("table").order_by("table").values_list("table", Count("pk"))
    )  # fmt: skip
    return [TableLine(one, held.get(one.pk, 0), faults.get(one.pk, 0)) for one in tables]


def table_for(by: Actor, slug: str) -> LicenceTable:
    found = LicenceTable.objects.select_related("department").filter(slug=slug).first()
    if found is None or not policy.may_see_table(by, found):
        raise NotFound
    return found


def newest(table: LicenceTable) -> tuple[TableVersion, Plan]:
    version = table.versions.latest("number")
    return version, plan_of(version.plan)


def registrations_of(table: LicenceTable) -> list[Registration]:
    rows = Registration.objects.filter(table=table).select_related("version")
    return list(rows.order_by("-pk")[:20])


def counts_of(table: LicenceTable) -> list[TypeCount]:
    rows = Held.objects.filter(table=table, is_current=True)
    doubted = Count("pk", filter=~Q(doubt=""))
    told = rows.values("type", "state").order_by("type", "state").annotate(n=Count("pk"), d=doubted)
    counted: dict[int, list[tuple[str, int, int]]] = {}
    for one in told:
        counted.setdefault(one["type"], []).append((one["state"], one["n"], one["d"]))
    types = LicenceType.objects.filter(Q(pk__in=counted) | Q(tables=table)).distinct()
    return [
        TypeCount(
            type=one,
            held=sum(n for _, n, _ in counted.get(one.pk, [])),
            doubted=sum(d for _, _, d in counted.get(one.pk, [])),
            states=[(str(State(state).label), n) for state, n, _ in counted.get(one.pk, [])],
        )
        for one in types.order_by("code")
    ]


def faults_of(table: LicenceTable, page: str) -> Page[HeldFault]:
    return Paginator(HeldFault.objects.filter(table=table).order_by("pk"), A_PAGE).get_page(page)


def fault_lines(faults: Page[HeldFault]) -> list[FaultLine]:
    """Keys of rows are masked: some departments number their rows by the person."""
    return [FaultLine(masked(one.row_key), REASONS[one.reason]) for one in faults]
