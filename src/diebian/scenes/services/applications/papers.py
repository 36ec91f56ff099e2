"""One list of papers for all members: what has come, and which member's case gets which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diebian.base.papers.public import Slot, use_also
from diebian.scenes.services.journey_parts import HELD
from diebian.scenes.services.models import Case, HandedIn
from diebian.scenes.services.themes.facts import Compiled, Paper
from diebian.scenes.services.themes.guides import guide_at
from diebian.scenes.services.themes.models import Application, ApplicationPaper
from diebian.scenes.services.themes.wanted import Wanted
from diebian.security.identity.public import PLATFORM

Told = dict[str, Any]  # in the shape of `journey.yaml`


@dataclass(frozen=True)
class WantedPaper:
    """With what has come of it. `kind`: the register's word, so that what was given for a single
    item is offered here."""

    wanted: Wanted
    kind: str
    files: Sequence[ApplicationPaper]

    @property
    def key(self) -> str:
        return self.wanted.identity


def wanted_of(of: Application) -> list[WantedPaper]:
    """What only the person has; each once, whoever wants it."""
    came: dict[str, list[ApplicationPaper]] = {}
    for one in of.papers.select_related("paper"):
        came.setdefault(one.identity, []).append(one)
    kinds = {one.identity: _kind(one) for one in of.version.compiled.papers}
    listed = guide_at(of.version, of.answers, of.members).certain
    return [
        WantedPaper(one, kinds[one.identity], came.get(one.identity, []))
        for one in listed
        if one.is_demanded
    ]


def _kind(paper: Paper) -> str:
    return next((code for code in paper.codes.values() if code), paper.name)


def missing_in(of: Application) -> list[str]:
    return [one.wanted.name for one in wanted_of(of) if not one.files]


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


def hand_on(of: Application, case: Case, wanted: Sequence[str]) -> None:
    """To the member's case, under its own words for each: `wanted` are these."""
    member = case.item.code
    for paper in of.version.compiled.papers:
        key = paper.codes.get(member) or (paper.name if member in paper.codes else "")
        if key not in wanted:
            continue
        slot = Slot(key, paper.name, of.applicant_key, case.case_no, case.item.name)
        for one in of.papers.filter(identity=paper.identity).select_related("paper"):
            told = {"at": one.at, "by_name": one.by_name}
            HandedIn.objects.get_or_create(case=case, material=key, paper=one.paper, defaults=told)
            use_also(paper=one.paper, slot=slot, by=PLATFORM)
