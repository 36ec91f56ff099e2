"""一件事的编译: a theme and the versions of its items become one guide, one form, one list of
papers, one drawing, and what an editor has to know. Pure; the same in gives the same out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from diebian.scenes.services.materials.resolving import Subject
from diebian.scenes.services.refusals import ThemeFaulty

from .drawing import drawn
from .facts import About, Compiled, Item, Note, Part, Plan
from .merging import fields_of, papers_of, questions_of, worded
from .ordering import Behind, Block, arranged, circle_in, closed, least, longest, waits

Items = Mapping[str, Item]


def compiled(plan: Plan, items: Items, subjects: Mapping[str, Subject]) -> Compiled:
    """`subjects`: the register by code. Raises `ThemeFaulty` with all that is wrong."""
    if found := list(faults(plan, items)):
        raise ThemeFaulty(f"{plan.name}：{'；'.join(found)}", fields={"members": found})
    members = [items[place.code] for place in plan.places]
    behind = closed({place.code: place.after for place in plan.places})
    days = {one.code: one.days for one in members}
    order = arranged([place.code for place in plan.places], behind, days)
    questions = questions_of(members)
    fields, about_fields = fields_of(members, questions)
    papers, about_papers = papers_of(members, questions, subjects, behind)
    parts = tuple(_parts(plan, items, behind))
    return Compiled(
        code=plan.code,
        name=plan.name,
        parts=parts,
        order=order,
        questions=worded(questions.found, plan.wordings),
        fields=tuple(fields),
        papers=tuple(papers),
        notes=(*questions.notes, *about_fields, *about_papers, *_waiting(order, behind, members)),
        days=longest(order, days),
        days_one_by_one=sum(days.values()),
        drawing=drawn(plan.code, plan.name, order, parts),
    )


def faults(plan: Plan, items: Items) -> Iterator[str]:
    """For people: each names the item that it is about."""
    if not plan.places:
        yield "没有成员事项"
    counted = Counter(place.code for place in plan.places)
    for code, times in counted.items():
        if code not in items:
            yield f"没有事项 {code}，或者它已停办"
        if times > 1:
            yield f"{_called(code, items)}写了 {times} 次"
    for place in plan.places:
        for before in place.after:
            if before not in counted:
                yield f"{_called(place.code, items)}要等 {before} 办完，{before} 不在这件事里"
    needs = {place.code: [one for one in place.after if one in counted] for place in plan.places}
    if circle := circle_in(needs):
        told = "要等".join(_called(code, items) for code in [*circle, circle[0]])
        yield f"前后关系绕成了圈：{told}"


def _called(code: str, items: Items) -> str:
    return f"{code}“{items[code].facts.name}”" if code in items else code


def _parts(plan: Plan, items: Items, behind: Behind) -> Iterator[Part]:
    for place in plan.places:
        item = items[place.code]
        yield Part(
            code=item.code,
            number=item.number,
            name=item.facts.name,
            owner=item.owner,
            credit_code=item.facts.credit_code,
            days=item.days,
            is_promised=item.facts.promised_days is not None,
            result=item.facts.result,
            after=place.after,
            behind=tuple(one.code for one in plan.places if one.code in behind[item.code]),
        )


def _waiting(order: Block, behind: Behind, members: Sequence[Item]) -> Sequence[Note]:
    """What the drawing makes wait, and what that costs."""
    days = {one.code: one.days for one in members}
    names = {one.code: one.name for one in members}
    found = waits(order, behind)
    if not found:
        return []
    shortest, drawn_so = least(list(behind), behind, days), longest(order, days)
    is_longer = drawn_so > shortest
    costs = f"最长的路从 {shortest} 天变成 {drawn_so} 天" if is_longer else "最长的路不变"
    told = "；".join(f"{names[code]}多等了{names[one]}" for code, one in found)
    return [Note(About.WAITING, f"前后关系画不成并行块：{told}，{costs}")]
