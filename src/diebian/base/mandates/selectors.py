"""Mandates as they are read: by the two whom they concern, and by whoever has to obey them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, company
from diebian.standards.mandates import HEAD_IS_BELIEVED

from . import policy
from .heads import headed_by
from .matters import Matter
from .models import Kind, Mandate, State, Tells, Use

SHOWN = 100


@dataclass(frozen=True)
class Standing:
    """That somebody may act for another in a matter, and by what."""

    mandate_id: UUID | None  # none: represents a company by law
    giver_key: str
    giver_name: str
    is_company: bool
    matters: Sequence[str]
    field: str
    until: date

    def reaches(self, matter: Matter) -> bool:
        """A whole body's matters are reached by its name, those of 第五十五条 by theirs alone."""
        if self.mandate_id is None or matter.code in self.matters:
            return True
        return self.field == matter.field and not matter.asks_herself


@dataclass(frozen=True)
class Mine:
    """All of one person's: what waits for a word, what holds, what is over."""

    asked: Sequence[Mandate]  # of this person, who has to say yes or no
    asking: Sequence[Mandate]  # by this person, of others
    given: Sequence[Mandate]
    held: Sequence[Mandate]
    past: Sequence[Mandate]


def standing(*, holder: Actor, giver: str, matter: Matter) -> Standing | None:
    """By which mandate this one may act for `giver` in this matter today; the longest, if any."""
    return standing_in_each(holder=holder, giver=giver, matters=[matter]).get(matter.code)


def standing_in_each(
    *, holder: Actor, giver: str, matters: Iterable[Matter]
) -> dict[str, Standing]:
    """Code of each of these matters to what this one may act by; without the others."""
    rows = _in_force().filter(holder_key=holder.key, giver_key=giver).order_by("until")
    own = [_standing(row) for row in rows] if holder.is_person else []
    heads = [one for one in _as_head(holder) if one.giver_key == giver]
    told = {
        matter.code: [one for one in [*heads, *own] if one.reaches(matter)] for matter in matters
    }
    return {code: reaching[-1] for code, reaching in told.items() if reaching}


def standings_in(*, holder: Actor, matter: Matter) -> list[Standing]:
    """For whom this one may act in this matter, each once."""
    told = [one for one in standings_of(holder=holder) if one.reaches(matter)]
    return list({one.giver_key: one for one in told}.values())


def standings_of(*, holder: Actor) -> list[Standing]:
    """All that this one holds today."""
    if not holder.is_person:
        return []
    rows = _in_force().filter(holder_key=holder.key).order_by("giver_name", "until")
    return [*_as_head(holder), *(_standing(row) for row in rows)]


def who_acts(*, giver: str, matters: Sequence[Matter]) -> list[str]:
    """Keys of those who may act for somebody in all of these today: for a company by law, too. To
    be told what becomes of it.
    """
    found, held = company(giver), dict[str, list[Standing]]()
    for row in _in_force().filter(giver_key=giver).order_by("pk"):
        held.setdefault(row.holder_key, []).append(_standing(row))
    reaching = [
        key
        for key, own in held.items()
        if all(any(one.reaches(matter) for one in own) for matter in matters)
    ]
    return list(dict.fromkeys([found.head_key, *reaching] if found else reaching))


def once_stood(*, holder: Actor, giver: str, matter: Matter) -> bool:
    """Whether there was one that is over: to be told so, instead of that nothing exists."""
    rows = Mandate.objects.filter(holder_key=holder.key, giver_key=giver, agreed_at__isnull=False)
    return holder.is_person and any(_standing(row).reaches(matter) for row in rows)


def mandate_for(by: Actor, mandate_id: UUID) -> Mandate:
    """For whoever it does not concern, it does not exist."""
    found = Mandate.objects.filter(public_id=mandate_id).first()
    if found is None or not policy.may_see(by, found):
        raise NotFound
    return found


def mine(by: Actor) -> Mine:
    own = {by.key, *(one.key for one in headed_by(by))}  # and of the companies she represents
    concerned = Q(giver_key__in=own) | Q(holder_key=by.key)
    rows = list(Mandate.objects.filter(concerned).order_by("-pk")[:SHOWN])
    proposed = [row for row in rows if row.state == State.PROPOSED]
    holding = [row for row in rows if is_in_force(row)]
    return Mine(
        asked=[row for row in proposed if row.giver_key in own],
        asking=[row for row in proposed if row.holder_key == by.key],
        given=[row for row in holding if row.giver_key in own],
        held=[row for row in holding if row.holder_key == by.key],
        past=[row for row in rows if row.state != State.PROPOSED and not is_in_force(row)],
    )


def of_giver(key: str) -> list[Mandate]:
    """What somebody has given and has not ended."""
    return list(_in_force().filter(giver_key=key).order_by("-pk")[:SHOWN])


def uses_to_tell() -> list[Use]:
    """Acts of which a giver without a phone has not heard yet, the oldest first."""
    rows = Use.objects.filter(mandate__tells=Tells.PAPER, told_at=None)
    return list(rows.select_related("mandate").order_by("at", "pk")[:SHOWN])


def recorded_today(by: Actor) -> list[Mandate]:
    """At this clerk's window."""
    rows = Mandate.objects.filter(proposed_by=by.key, proposed_at__gte=clock.midnight())
    return list(rows.order_by("-pk")[:SHOWN])


def is_in_force(mandate: Mandate) -> bool:
    return mandate.state == State.AGREED and mandate.until >= clock.today()


def _in_force() -> QuerySet[Mandate]:
    return Mandate.objects.filter(state=State.AGREED, until__gte=clock.today())


def _standing(row: Mandate) -> Standing:
    return Standing(
        mandate_id=row.public_id,
        giver_key=row.giver_key,
        giver_name=row.giver_name,
        is_company=row.kind == Kind.AGENT,
        matters=row.matters,
        field=row.field,
        until=row.until,
    )


def _as_head(holder: Actor) -> list[Standing]:
    """The companies that this one represents by law: in every matter of theirs."""
    days = timedelta(days=HEAD_IS_BELIEVED)
    return [
        Standing(
            mandate_id=None,
            giver_key=one.key,
            giver_name=one.name,
            is_company=True,
            matters=(),
            field="",
            until=(one.confirmed_at + days).date(),
        )
        for one in headed_by(holder)
    ]
