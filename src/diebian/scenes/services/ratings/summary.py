"""What everybody may see: counts of each grade, never an average alone; who was asked and did not
say; bad ones that nobody has answered; how long answers took. Of the last twelve months.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_low

from django.db.models import Count, F, Q

from diebian.base.directory.public import working_calendar
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.rating_models import Invitation, Rating, RatingOrder, Showing
from diebian.scenes.services.small import stand_alone
from diebian.security.identity.public import department_name
from diebian.standards.calendar import UnknownYear
from diebian.standards.ratings import BAD_GRADES, Grade

A_YEAR = timedelta(days=365)
WORDS_SHOWN = 30
GOOD_AGAIN = [grade for grade in Grade if grade not in BAD_GRADES]


@dataclass(frozen=True)
class Line:
    """Of one department, or of an item of it. `days`: working days of each answer."""

    key: str
    title: str
    invited: int = 0
    grades: Mapping[Grade, int] = field(default_factory=dict)
    answered: int = 0
    unanswered: int = 0
    accepted: int = 0  # bad at first, and not after the answer
    voided: int = 0
    days: Sequence[int] = ()

    @property
    def rated(self) -> int:
        return sum(self.grades.values())

    @property
    def counts(self) -> list[int]:
        """In the order of the grades, the best first."""
        return [self.grades.get(grade, 0) for grade in Grade]

    @property
    def bad(self) -> int:
        return sum(self.grades.get(grade, 0) for grade in BAD_GRADES)

    @property
    def typical(self) -> int | None:
        return median_low(self.days) if self.days else None


@dataclass(frozen=True)
class Summary:
    since: date
    whole: Line
    lines: Sequence[Line]
    words: Sequence[Rating] = ()


def since() -> date:
    return clock.today() - A_YEAR


def by_department() -> Summary:
    """Departments stand for many people: each has its line."""
    told = _lines("department__credit_code", "department__name", Q())
    return Summary(since(), _added("", "全市", told), _ordered(told))


def of_department(credit_code: str) -> Summary:
    """Its items; those with few ratings together, for few are known again by their grade."""
    name = name_of(credit_code)
    mine = Q(department__credit_code=credit_code)
    told = {one.key: one for one in _lines("case__item__code", "case__item__name", mine)}
    large = stand_alone({key: one.invited for key, one in told.items()})
    rest = [one for key, one in told.items() if key not in large]
    lines = [told[key] for key in large]
    if rest:
        lines.append(_added("", f"其余 {len(rest)} 个事项（每个请人评价的次数少，合在一起）", rest))
    return Summary(since(), _added(credit_code, name, told.values()), lines, _words(credit_code))


def name_of(credit_code: str) -> str:
    """Raises `NotFound` for what is nobody's code."""
    name = department_name(credit_code)
    if not name:
        raise NotFound
    return name


def _lines(key: str, title: str, of: Q) -> list[Line]:
    rows = Invitation.objects.filter(of, invited_at__gte=clock.midnight(since()))
    counts = Q(rating__void_reason="")
    told = rows.values(told_key=F(key), told_title=F(title)).annotate(
        invited=Count("pk"),
        voided=Count("pk", filter=Q(rating__isnull=False) & ~counts),
        **{
            grade.name.lower(): Count("pk", filter=counts & Q(rating__grade=grade))
            for grade in Grade
        },
    )
    orders = _orders(key, of)
    return [_line(row, orders.get(row["told_key"], [])) for row in told.order_by()]


def _orders(key: str, of: Q) -> dict[str, list[RatingOrder]]:
    """The bad ones, which are few."""
    rows = RatingOrder.objects.filter(
        rating__void_reason="",
        rating__invitation__in=Invitation.objects.filter(
            of, invited_at__gte=clock.midnight(since())
        ),
    ).annotate(told_key=F(f"rating__invitation__{key}"))
    found: dict[str, list[RatingOrder]] = defaultdict(list)
    for one in rows.select_related("rating"):
        found[one.told_key].append(one)
    return found


def _line(row: Mapping[str, object], orders: Sequence[RatingOrder]) -> Line:
    answered = [one for one in orders if one.answered_at is not None]
    return Line(
        key=str(row["told_key"]),
        title=str(row["told_title"]),
        invited=int(str(row["invited"])),
        grades={grade: int(str(row[grade.name.lower()])) for grade in Grade},
        answered=len(answered),
        unanswered=len(orders) - len(answered),
        accepted=sum(one.rating.second_grade in GOOD_AGAIN for one in orders),
        voided=int(str(row["voided"])),
        days=_days(answered),
    )


def _days(answered: Iterable[RatingOrder]) -> list[int]:
    calendar = working_calendar()
    told = []
    for one in answered:
        begun = one.rating.at.astimezone(clock.CITY_TIME).date()
        ended = one.answered_at.astimezone(clock.CITY_TIME).date() if one.answered_at else begun
        try:
            told.append(calendar.between(begun, ended))
        except UnknownYear:  # a day that no calendar knows is left out, not guessed
            continue
    return told


def _added(key: str, title: str, lines: Iterable[Line]) -> Line:
    told = list(lines)
    return Line(
        key=key,
        title=title,
        invited=sum(one.invited for one in told),
        grades={grade: sum(one.grades.get(grade, 0) for one in told) for grade in Grade},
        answered=sum(one.answered for one in told),
        unanswered=sum(one.unanswered for one in told),
        accepted=sum(one.accepted for one in told),
        voided=sum(one.voided for one in told),
        days=[day for one in told for day in one.days],
    )


def _ordered(lines: Iterable[Line]) -> list[Line]:
    """Those with bad ones that nobody answered first: that is what people look for."""
    return sorted(lines, key=lambda one: (-one.unanswered, -one.rated, one.title))


def _words(credit_code: str) -> list[Rating]:
    rows = Rating.objects.filter(
        showing=Showing.SHOWN,
        void_reason="",
        invitation__department__credit_code=credit_code,
        at__gte=clock.midnight(since()),
    )
    return list(rows.order_by("-at")[:WORDS_SHOWN])
