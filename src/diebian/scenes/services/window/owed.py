"""待交的证件: what waits to be handed over, what is due first above."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from diebian.base.directory.public import working_calendar
from diebian.scenes.services.handover.selectors import due_of, late, owed
from diebian.scenes.services.models import Handout, Handover
from diebian.security.identity.public import Actor
from diebian.standards.dues import Due

from . import policy

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """Numbers and days: names and addresses stand on the page of the case."""

    row: Handover
    due: Due | None  # None: no law counts its days
    is_back: bool  # a parcel that was returned
    is_to_be_sent: bool

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.is_late


@dataclass(frozen=True)
class Owed:
    page: Page[Handover]
    lines: Sequence[Line]
    late: int


def owed_for(by: Actor, page: str) -> Owed:
    """For the windows everything; for whoever decides, the own body's."""
    calendar, rows = working_calendar(), _rows(by)
    shown = Paginator(
        rows.select_related("case__item", "case__department", "case__handout").order_by(
            "-is_licence", "since", "case"
        ),
        A_PAGE,
    ).get_page(page)
    lines = [
        Line(
            one,
            due_of(one, calendar),
            _is_back(one),
            one.way == Handover.Way.MAIL,
        )
        for one in shown.object_list
    ]
    return Owed(shown, lines, late(rows, calendar).count())


def _rows(by: Actor) -> QuerySet[Handover]:
    rows = owed()
    if policy.sees_all_handovers(by):
        return rows
    return rows.filter(case__department__credit_code=by.department)


def _is_back(row: Handover) -> bool:
    handout: Handout | None = getattr(row.case, "handout", None)
    return handout is not None and handout.returned_at is not None
