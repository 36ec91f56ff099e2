"""The same asked once: questions, lines of the form and papers of all members. Pure.

What two members say in different ways is told to the editor, and both stay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from diebian.scenes.services.items.facts import Demand, Situation
from diebian.scenes.services.materials.likeness import alike
from diebian.scenes.services.materials.models import Kind
from diebian.scenes.services.materials.resolving import Subject

from .facts import About, Asked, Field, Item, Note, Paper, Question, Use, When, Wording
from .ordering import Behind

Names = Mapping[str, str]


@dataclass
class Questions:
    found: list[Question] = field(default_factory=list)
    slugs: dict[tuple[str, str], str] = field(default_factory=dict)  # a member's word to ours
    notes: list[Note] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of members, for notes

    def renamed(self, item: Item, when: When) -> dict[str, Sequence[str]]:
        """The member's condition in the theme's words, with that under which it would ask at all:
        another member may ask the same of more people."""
        whole = _with_what_it_hangs_on(item, when)
        return {self.slugs[item.code, slug]: values for slug, values in whole.items()}


def questions_of(items: Sequence[Item]) -> Questions:
    told = Questions(names={item.code: item.name for item in items})
    for item in items:
        for one in item.facts.situations:
            _take_question(told, item, one)
    return told


def _take_question(told: Questions, item: Item, own: Situation) -> None:
    asked_when = {told.slugs[item.code, slug]: values for slug, values in own.asked_when.items()}
    for place, known in enumerate(told.found):
        if plain(known.situation.question) != plain(own.question):
            continue
        if set(known.situation.choices) == set(own.choices):
            told.slugs[item.code, own.slug] = known.situation.slug
            is_same = known.situation.asked_when == asked_when
            both = replace(known.situation, asked_when=asked_when if is_same else {})
            slugs = {**known.slugs, item.code: own.slug}
            told.found[place] = Question(both, (*known.wanted_by, item.code), slugs)
            return
        told.notes.append(Note(About.QUESTION, _asks_otherwise(told, known, own, item)))
    slug = _free(own.slug, [one.situation.slug for one in told.found])
    told.slugs[item.code, own.slug] = slug
    mine = replace(own, slug=slug, asked_when=asked_when)
    told.found.append(Question(mine, (item.code,), {item.code: own.slug}))


def _asks_otherwise(told: Questions, known: Question, own: Situation, item: Item) -> str:
    return (
        f"“{own.question}”问了两遍：{_named(known.wanted_by, told.names)}的选项是"
        f"{'、'.join(known.situation.choices)}，{item.name}的选项是{'、'.join(own.choices)}"
    )


def worded(found: Iterable[Question], wordings: Mapping[str, Wording]) -> tuple[Question, ...]:
    """As the theme's editor has it; what nobody worded is asked as the items ask it."""
    return tuple(
        replace(one, situation=replace(one.situation, question=said.question, says=said.says))
        if (said := wordings.get(one.situation.slug))
        else one
        for one in found
    )


def _with_what_it_hangs_on(item: Item, when: When) -> dict[str, Sequence[str]]:
    asked = {one.slug: one.asked_when for one in item.facts.situations}
    whole: dict[str, Sequence[str]] = {}
    todo = list(when.items())
    while todo:
        slug, values = todo.pop()
        if slug in whole:
            whole[slug] = tuple(one for one in whole[slug] if one in values)
        else:
            whole[slug] = tuple(values)
            todo += asked[slug].items()
    return whole


def fields_of(items: Sequence[Item], questions: Questions) -> tuple[list[Field], list[Note]]:
    """By name, where kind and bounds agree. What one fills from somewhere nobody has to write."""
    found: list[Field] = []
    notes: list[Note] = []
    for item in items:
        for own in item.fields:
            use = Use(item.code, questions.renamed(item, own.when))
            same = [one for one in found if plain(one.label) == plain(own.label)]
            like = next((one for one in same if _is_like(one, own)), None)
            if like is not None:
                merged = replace(like, origin=like.origin or own.origin, uses=(*like.uses, use))
                found[found.index(like)] = merged
                continue
            notes += [Note(About.FIELD, _differs(one, own, item, questions.names)) for one in same]
            found.append(Field(own.label, own.origin, own.kind, own.bounds, (use,)))
    return found, notes + list(_look_alike(found))


def _is_like(known: Field, own: Asked) -> bool:
    is_same = (known.kind, known.bounds) == (own.kind, own.bounds)
    return is_same and (not known.origin or not own.origin or known.origin == own.origin)


def _differs(known: Field, own: Asked, item: Item, names: Names) -> str:
    def said(kind: str, bounds: str, origin: str) -> str:
        told = [kind or "文字", bounds, f"从{origin}填" if origin else "本人填"]
        return "、".join(filter(None, told))

    first = _named([use.member for use in known.uses], names)
    return (
        f"表单项“{own.label}”：{first}写的是{said(known.kind, known.bounds, known.origin)}，"
        f"{item.name}写的是{said(own.kind, own.bounds, own.origin)}"
    )


def _look_alike(found: Sequence[Field]) -> Iterator[Note]:
    labels = list(dict.fromkeys(one.label for one in found))
    for place, label in enumerate(labels):
        for near in alike(label, {one: one for one in labels[place + 1 :]}):
            if len(near) == len(label) or abs(len(near) - len(label)) == 1:
                yield Note(About.ALIKE, f"表单项“{label}”和“{near}”名字相近，是不是同一项？")


def papers_of(
    items: Sequence[Item],
    questions: Questions,
    subjects: Mapping[str, Subject],
    behind: Behind,
) -> tuple[list[Paper], list[Note]]:
    found: dict[str, Paper] = {}
    for item in items:
        for demand in item.facts.materials:
            subject = subjects.get(demand.material)
            identity = identity_of(subject) if subject else f"NAME:{called(demand)}"
            use = Use(
                item.code,
                questions.renamed(item, demand.when),
                demand.way,
                demand.note,
            )
            known = found.get(identity)
            name = subject.name if subject else called(demand)
            found[identity] = Paper(
                identity,
                known.name if known else name,
                {**(known.codes if known else {}), item.code: demand.material},
                (*(known.uses if known else ()), use),
                tuple(one.code for one in items if identity in one.gives),
            )
    papers = list(found.values())
    return papers, [note for one in papers for note in _of_paper(one, behind, questions.names)]


def _of_paper(paper: Paper, behind: Behind, names: Names) -> Iterator[Note]:
    members = list(dict.fromkeys(use.member for use in paper.uses))
    if len(members) > 1:
        yield Note(About.MERGED, f"“{paper.name}”：{_named(members, names)}都要，只要一份")
    for giver in paper.givers:
        late = [one for one in members if one != giver and giver not in behind[one]]
        if late:
            first, then = names[giver], _named(late, names)
            said = f"“{paper.name}”由{first}办出，{then}要用它，却不等{first}办完"
            yield Note(About.PAPER, said)


def identity_of(subject: Subject) -> str:
    """Two entries of the register with the same thing behind them are one paper."""
    if subject.kind == Kind.LICENCE:
        return f"{Kind.LICENCE}:{subject.licence_type}"
    if subject.kind == Kind.DATA:
        return f"{Kind.DATA}:{subject.provider}:{subject.dataset}"
    return f"{subject.kind}:{subject.code}"


def called(demand: Demand) -> str:
    return demand.name or demand.material


def _named(members: Sequence[str], names: Names) -> str:
    return "、".join(names[one] for one in members)


def plain(text: str) -> str:
    return "".join(text.split()).rstrip("？?：:")


def _free(slug: str, taken: Sequence[str]) -> str:
    """Two members' one word for two questions."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
