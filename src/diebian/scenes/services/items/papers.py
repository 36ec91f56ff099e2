"""The papers of an item, each with how it is answered: for the guide, a window, a desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import Answer, Resolved, Standing, Subject, resolve
from diebian.scenes.services.materials.standing import standing_of, subjects

from .facts import Demand, ItemFacts
from .situations import Answers, applies


@dataclass(frozen=True)
class Paper:
    """`is_certain`: wanted whatever is answered, or by what was answered."""

    name: str
    resolved: Resolved
    demand: Demand
    is_certain: bool = True

    @property
    def tag(self) -> str:
        return self.resolved.answer.label

    @property
    def tone(self) -> str:
        return "wait" if self.resolved.is_demanded else "ok"


@dataclass(frozen=True)
class Papers:
    """`certain`: what this person needs; `perhaps`: what hangs on a question not answered yet."""

    certain: Sequence[Paper]
    perhaps: Sequence[Paper]

    @property
    def demanded(self) -> int:
        return sum(one.resolved.is_demanded for one in self.certain)

    @property
    def spared(self) -> int:
        return sum(one.resolved.is_held for one in self.certain)


def papers_of(facts: ItemFacts, answers: Answers, county: str = "", *, holder: str = "") -> Papers:
    """`holder`: the applicant's key, whose own licences answer."""
    about = subjects(facts.codes)
    standing = standing_of(about.values(), [facts.credit_code], holder=holder)
    told = resolved_papers(facts, about, standing, answers, county)
    return Papers(
        certain=[one for one in told if one.is_certain],
        perhaps=[one for one in told if not one.is_certain],
    )


def resolved_papers(
    facts: ItemFacts,
    about: Mapping[str, Subject],
    standing: Standing,
    answers: Answers,
    county: str = "",
) -> list[Paper]:
    """What an answer rules out is not among them."""
    found = []
    for demand in facts.materials:
        is_wanted = applies(demand.when, answers)
        if is_wanted is False:
            continue
        subject = about.get(demand.material) or unregistered(demand)
        resolved = resolve(
            subject, standing, consumer=facts.credit_code, county=county, way=demand.way
        )
        found.append(Paper(subject.name, resolved, demand, is_certain=is_wanted is True))
    return sorted(found, key=lambda one: ORDER[one.resolved.answer])


def unregistered(demand: Demand) -> Subject:
    """A paper that has no entry in the register: nothing can stand behind it."""
    return Subject(demand.material, demand.name or demand.material, Kind.DOC)


ORDER = {
    Answer.SUBMIT: 0, Answer.STATEMENT: 1, Answer.FORM: 2, Answer.DATA: 3, Answer.LICENCE: 4,
}  # fmt: skip
