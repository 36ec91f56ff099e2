"""我的证照: what is held of a person, and of the companies that she represents today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from diebian.base.mandates.public import headed_by
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, department_names, party, person
from diebian.standards.identifiers import is_id_number
from diebian.standards.masking import masked

from .models import Copy, Held, HeldTurn, Licence
from .states import EXPIRED, Doubt, State, is_usable, told_state

SOON = 60  # days before the last one in which it is said: 行政许可法 第五十条 wants 30 for renewal


@dataclass(frozen=True)
class HeldCard:
    held: Held
    state: str
    tone: str
    is_usable: bool
    is_soon: bool  # it ends before long

    @property
    def listed_number(self) -> str:
        """A list is read over shoulders: an identity number stands whole on its own page alone."""
        number = self.held.number
        return masked(number) if is_id_number(number) else number


@dataclass(frozen=True)
class Holdings:
    """Of one party: what departments hold, and what was decided on this platform."""

    name: str
    is_self: bool
    held: Sequence[HeldCard]
    issued: Sequence[Licence]


@dataclass(frozen=True)
class TurnLine:
    day: date
    words: str


@dataclass(frozen=True)
class CopyLine:
    copy: Copy
    who: str


def card_of(held: Held) -> HeldCard:
    today = clock.today()
    told = (held.state, held.valid_until, held.doubt, today)
    usable, state = is_usable(*told), told_state(*told)
    is_soon = usable and held.valid_until is not None and (held.valid_until - today).days <= SOON
    bad = held.state in {State.REVOKED, State.VOID} or state == EXPIRED
    tone = "bad" if bad else "wait"
    return HeldCard(held, state, "ok" if usable else tone, usable, is_soon)


def holdings_of(by: Actor) -> list[Holdings]:
    """Of herself first; a company only as long as the register is believed."""
    own = person(by.key)
    parties = [(by.key, own.id_number, own.name), *(
        (one.key, one.credit_code, one.name) for one in headed_by(by)
    )]  # fmt: skip
    rows = _current().filter(holder_number__in=[number for _, number, _ in parties])
    held: dict[str, list[HeldCard]] = {number: [] for _, number, _ in parties}
    for one in rows.order_by("type__code", "number"):
        held[one.holder_number].append(card_of(one))
    issued: dict[str, list[Licence]] = {key: [] for key, _, _ in parties}
    decided = Licence.objects.filter(holder_key__in=issued).select_related("issuer")
    for licence in decided.order_by("-issued_at"):
        issued[licence.holder_key].append(licence)
    return [
        Holdings(name, key == by.key, held[number], issued[key]) for key, number, name in parties
    ]


def held_for(by: Actor, held_id: int) -> Held:
    """The holder's own, or a company's that she represents; another's does not exist."""
    found = _current().filter(pk=held_id).first()
    if found is None or not by.is_person or found.holder_number not in _numbers(by):
        raise NotFound
    return found


def turns_of(held: Held) -> list[TurnLine]:
    """What became of it, over all versions, newest first."""
    rows = HeldTurn.objects.filter(held__serial=held.serial, held__table=held.table_id)
    told = rows.select_related("registration").order_by("-pk")
    return [
        TurnLine(one.registration.at.astimezone(clock.CITY_TIME).date(), _turned(one))
        for one in told
    ]


def copies_of(held: Held) -> list[CopyLine]:
    rows = list(Copy.objects.filter(held=held).order_by("-made_at"))
    names = department_names(one.department for one in rows if one.department)
    return [CopyLine(one, names.get(one.department, "您自己")) for one in rows]


@dataclass(frozen=True)
class HeldLine:
    """Of one type the licence that a party would show: one in force before others, then the one
    that lasts longest.
    """

    held_id: int
    number: str
    until: date | None
    state: str
    is_usable: bool

    @property
    def says(self) -> str:
        until = self.until
        ends = f"有效至 {until.year} 年 {until.month} 月 {until.day} 日" if until else "长期有效"
        return f"编号 {masked(self.number)}，{ends}"


def held_by(holder_key: str) -> dict[str, HeldLine]:
    """By the city's code of the type, what this person or company has."""
    rows = [card_of(one) for one in _current().filter(holder_number=party(holder_key).id_number)]
    rows.sort(key=lambda one: (one.is_usable, one.held.valid_until or date.max))
    return {
        one.held.type.code: HeldLine(
            one.held.pk, one.held.number, one.held.valid_until, one.state, one.is_usable
        )
        for one in rows
    }


def states_now(held_ids: Collection[int]) -> dict[int, str]:
    """What became of the licences that a case was told of; a new version's where there is one."""
    rows = Held.objects.filter(pk__in=held_ids)
    return {one.pk: card_of(newest_of(one)).state for one in rows}


def newest_of(held: Held) -> Held:
    return _current().get(table=held.table_id, serial=held.serial)


def _turned(one: HeldTurn) -> str:
    if one.now in Doubt.values:
        return f"停用待核：{Doubt(one.now).label}"
    if one.was in Doubt.values:
        return "颁发部门的数据已改正，恢复"
    return f"{State(one.was).label} → {State(one.now).label}"


def _current() -> QuerySet[Held]:
    return Held.objects.filter(is_current=True).select_related("type__issuer", "table")


def _numbers(by: Actor) -> set[str]:
    return {person(by.key).id_number, *(one.credit_code for one in headed_by(by))}
