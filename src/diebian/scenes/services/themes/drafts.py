"""What officials see of a draft: what it changes, and what the compiler makes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diebian.scenes.services.items.models import ServiceItem
from diebian.scenes.services.refusals import ThemeFaulty
from diebian.security.identity.public import Actor

from . import policy
from .compiling import compiled
from .facts import Compiled, Plan
from .gathering import items_in_force
from .models import DraftState, Theme, ThemeDraft


@dataclass(frozen=True)
class Preview:
    """`told` is None where it cannot be compiled; then `fault` says why."""

    told: Compiled | None
    fault: str = ""


@dataclass(frozen=True)
class Shown:
    draft: ThemeDraft
    preview: Preview
    changes: list[str]
    may_write: bool
    may_publish: bool
    may_send_back: bool
    is_own: bool


def draft_of(by: Actor, theme: Theme) -> Shown | None:
    """The leading department's; the authority's when it was handed on."""
    draft = theme.drafts.exclude(state=DraftState.PUBLISHED).first()
    if draft is None:
        return None
    draft.theme = theme
    is_handed_on = draft.state == DraftState.SUBMITTED
    may_write, may_review = policy.may_write(by, theme), policy.may_review(by)
    is_leading = by.department == theme.department.credit_code
    if not (is_leading or (is_handed_on and may_review)):
        return None
    is_own = draft.written_by_key == by.key
    return Shown(
        draft=draft,
        preview=preview_of(draft.plan),
        changes=list(_changes(theme.plan, draft.plan)),
        may_write=may_write and not is_handed_on,
        may_publish=may_review and is_handed_on and not is_own,
        may_send_back=may_review and is_handed_on,
        is_own=is_own,
    )


def preview_of(plan: Plan) -> Preview:
    items, register = items_in_force({place.code for place in plan.places})
    try:
        return Preview(compiled(plan, items, register))
    except ThemeFaulty as error:
        return Preview(None, error.detail)


def plan_to_write(theme: Theme) -> tuple[Plan, str]:
    """What the form begins with: the draft that there is, with its reason, or what is in force."""
    draft = theme.drafts.exclude(state=DraftState.PUBLISHED).first()
    if draft is None:
        return theme.plan, ""
    draft.theme = theme
    return draft.plan, draft.why


def names_of_items() -> dict[str, str]:
    rows = ServiceItem.objects.filter(retired_on=None).order_by("code")
    return dict(rows.values_list("code", "name"))


def _changes(was: Plan, will: Plan) -> Iterator[str]:
    names = names_of_items()

    def called(code: str) -> str:
        return f"{code} {names.get(code, '')}".strip()

    before = {one.code: one.after for one in was.places}
    after = {one.code: one.after for one in will.places}
    yield from (f"加上 {called(code)}" for code in after if code not in before)
    yield from (f"去掉 {called(code)}" for code in before if code not in after)
    for code, needs in after.items():
        if code in before and set(before[code]) != set(needs):
            yield f"{called(code)}：{_waits(before[code])} → {_waits(needs)}"
    if [code for code in before if code in after] != [code for code in after if code in before]:
        yield "列出的顺序变了"
    yield from _reworded(was, will)


def _waits(needs: tuple[str, ...]) -> str:
    return f"等 {'、'.join(needs)}" if needs else "不用等"


def _reworded(was: Plan, will: Plan) -> Iterator[str]:
    for slug, said in will.wordings.items():
        if was.wordings.get(slug) != said:
            yield f"情形“{slug}”改问：{said.question}"
    yield from (f"情形“{slug}”照事项原来的问" for slug in was.wordings if slug not in will.wordings)


def asked_by_items(plan: Plan) -> Mapping[str, tuple[str, str]]:
    """Of each question the words in which the items ask it, where the plan can be compiled."""
    told = preview_of(Plan(plan.code, plan.name, plan.places)).told
    return {one.slug: (one.question, one.says) for one in told.situations} if told else {}
