"""One list of papers for all members: what has come, and which member's case gets which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.papers.public import Slot, use_also
from diebian.scenes.services.actions.handing import kept, last_day
from diebian.scenes.services.actions.rows import happened
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.journey_parts import HELD, Material
from diebian.scenes.services.models import OPEN, Case, HandedIn, Promise
from diebian.scenes.services.themes.facts import Compiled, Paper
from diebian.scenes.services.themes.guides import guide_at
from diebian.scenes.services.themes.models import (
    Application,
    ApplicationPaper,
    ApplicationPromise,
    ApplicationState,
)
from diebian.scenes.services.themes.wanted import Wanted
from diebian.security.identity.public import PLATFORM, Actor

from .members import versions_of

Told = dict[str, Any]  # in the shape of `journey.yaml`


@dataclass(frozen=True)
class WantedPaper:
    """With what has come of it. `kind`: the register's word, so that what was given for a single
    item is offered here."""

    wanted: Wanted
    kind: str
    files: Sequence[ApplicationPaper]
    later: int  # working days within which it may follow, as the strictest of its members says
    promise: ApplicationPromise | None

    @property
    def key(self) -> str:
        return self.wanted.identity

    @property
    def is_missing(self) -> bool:
        return not self.files and self.promise is None

    @property
    def is_outstanding(self) -> bool:
        return not self.files and self.promise is not None


def wanted_of(of: Application) -> list[WantedPaper]:
    """What only the person has; each once, whoever wants it."""
    came: dict[str, list[ApplicationPaper]] = {}
    for one in of.papers.select_related("paper"):
        came.setdefault(one.identity, []).append(one)
    papers = {one.identity: one for one in of.version.compiled.papers}
    promises = {one.identity: one for one in of.promises.all()}
    versions = versions_of(of)
    return [
        WantedPaper(
            wanted=one,
            kind=_kind(papers[one.identity]),
            files=came.get(one.identity, []),
            later=(later := _later(one, papers[one.identity], versions)),
            promise=_standing(of, promises.get(one.identity), later),
        )
        for one in guide_at(of.version, of.answers, of.members).certain
        if one.is_demanded
    ]


def is_open(of: Application, one: WantedPaper) -> bool:
    """It may be handed in: with the rest, or what was promised while it runs."""
    is_promised = of.state == ApplicationState.RUNNING and one.promise is not None
    return of.state == ApplicationState.DRAFT or is_promised


def outstanding_in(of: Application) -> list[WantedPaper]:
    """Promised, and not there yet."""
    return [one for one in wanted_of(of) if one.is_outstanding] if of.promises.exists() else []


def _standing(
    of: Application, promise: ApplicationPromise | None, later: int
) -> ApplicationPromise | None:
    """A draft's falls with a member that is chosen afterwards and does not wait so long."""
    if promise is None or of.state != ApplicationState.DRAFT:
        return promise
    return promise if later and promise.until <= last_day(later) else None


def _later(wanted: Wanted, paper: Paper, versions: Mapping[str, ItemVersion]) -> int:
    """Nought where one of those that demand it wants it at once."""
    spared = {part.code for part in wanted.spares}
    told = [
        demand.later
        for code, version in versions.items()
        if code not in spared and (key := _key(paper, code))
        for demand in version.facts.materials
        if (demand.material or demand.name) == key
    ]
    return min(told, default=0)


def _key(paper: Paper, member: str) -> str:
    """The member's own word for it; empty where it does not want it."""
    return paper.codes.get(member) or (paper.name if member in paper.codes else "")


def _kind(paper: Paper) -> str:
    return next((code for code in paper.codes.values() if code), paper.name)


def missing_in(of: Application) -> list[str]:
    return [one.wanted.name for one in wanted_of(of) if one.is_missing]


def without_given(told: Mapping[str, Any], of: Application, member: str) -> Told:
    """What a member before gives is not handed in: its department has it from there."""
    compiled = of.version.compiled
    given = {
        code: compiled.part(giver).name
        for paper, giver in _given(compiled, of, member)
        if (code := paper.codes[member])
    }
    materials = [
        one | {"answered_by": HELD, "says": f"{given[one['code']]}办好后直接转来"}
        if one.get("code", "") in given
        else one
        for one in told["materials"]
    ]
    return {**told, "materials": materials}


def _given(told: Compiled, of: Application, member: str) -> Iterator[tuple[Paper, str]]:
    behind = told.part(member).behind
    for paper in told.papers:
        givers = [one for one in paper.givers if one in behind and one in of.members]
        if member in paper.codes and givers:
            yield paper, givers[0]


def hand_on(of: Application, case: Case, wanted: Sequence[Material]) -> None:
    """To the member's case, under its own words for each: `wanted` are these. What was promised and
    has not come stands there as a promise.
    """
    came = list(of.papers.select_related("paper"))
    promises = {one.identity: one for one in of.promises.all()}
    names = {one.key: one.name for one in wanted}
    for paper in of.version.compiled.papers:
        key = _key(paper, case.item.code)
        if key not in names:
            continue
        files = [one for one in came if one.identity == paper.identity]
        for one in files:
            _hand(of, case, key, one)
        if not files and (promise := promises.get(paper.identity)):
            _promise(case, key, names[key], promise)


def keep_promise(of: Application, one: ApplicationPaper, by: Actor) -> None:
    """Handed in after the rest: to each open case in which it was promised."""
    [paper] = [each for each in of.version.compiled.papers if each.identity == one.identity]
    for case in of.cases.filter(state__in=OPEN).select_related("item", "department", "version"):
        key = _key(paper, case.item.code)
        promise = case.promises.filter(material=key).first()
        if promise is None:
            continue
        is_first = not case.handed.filter(material=key).exists()
        _hand(of, case, key, one)
        if is_first:
            kept(case, promise.title, by)


def _hand(of: Application, case: Case, key: str, one: ApplicationPaper) -> None:
    told = {"at": one.at, "by_name": one.by_name}
    HandedIn.objects.get_or_create(case=case, material=key, paper=one.paper, defaults=told)
    slot = Slot(key, one.paper.title, of.applicant_key, case.case_no, case.item.name)
    use_also(paper=one.paper, slot=slot, by=PLATFORM)


def _promise(case: Case, key: str, name: str, of: ApplicationPromise) -> None:
    told = {"title": name, "until": of.until, "made_at": of.made_at, "by_name": of.by_name}
    Promise.objects.create(case=case, material=key, **told)
    happened(case, "promised", PLATFORM, f"{name}，最晚 {of.until:%Y-%m-%d} 补交")
