"""Days that a city promises for the steps of a share request, beside those of the law.

国务院令第809号 gives some steps a number of working days, others none. A city declares its own in
`city.yaml` (`sharing_days`). Where the law has a number a city may name a smaller, never a greater;
where it has none, the platform's usual days stand until the city names its own. A promise holds for
what begins on its day or later: a new one makes nothing late, and nothing that was late in time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from .sharing import PROVISION, REPLY, Limit, SharingType

LONGEST = 120  # working days: beyond half a year it is no promise


class Step(TextChoices):
    """As `sharing_days` names them. 无条件共享 is answered in one day: nothing to promise."""

    OFFICE_REVIEW = "office_review", "本单位审核"
    REPLY = "reply", "有条件共享的答复"
    CONSENT = "consent", "决定是否延长"
    PROVISION = "provision", "开通"
    RECTIFY = "rectify", "整改"
    CHECK = "check", "核实整改"
    DISPOSE = "dispose", "处置数据"


@dataclass(frozen=True)
class Promise:
    """What a city promises from a day on: working days by step, as far as it says something."""

    since: date
    days: Mapping[str, int]


@dataclass(frozen=True)
class Unsaid:
    """The article names the step and no number; `days` are this project's own."""

    days: int
    article: str


BY_LAW: Mapping[Step, Limit] = {
    Step.REPLY: REPLY[SharingType.CONDITIONAL],
    Step.PROVISION: PROVISION,
}
USUAL: Mapping[Step, Unsaid] = {
    Step.OFFICE_REVIEW: Unsaid(3, "国务院令第809号 第二十条"),
    Step.CONSENT: Unsaid(2, "国务院令第809号 第二十二条"),  # silence changes nothing
    Step.RECTIFY: Unsaid(10, "国务院令第809号 第二十七条"),
    Step.CHECK: Unsaid(5, "国务院令第809号 第二十七条"),
    Step.DISPOSE: Unsaid(20, "国务院令第809号 第二十五条"),
}


def limit_of(step: Step, promises: Iterable[Promise], on: date) -> Limit:
    """Of a step that begins on a day; `promises` in the order of their days."""
    own = next((one.days.get(step) for one in reversed([*promises]) if one.since <= on), None)
    if step in BY_LAW:
        return _within(BY_LAW[step], own)
    unsaid = USUAL[step]
    why = f"{unsaid.article}没有给这一步规定天数"
    if own is None:
        return Limit(unsaid.days, f"平台通用的期限，本市没有另定（{why}）")
    return Limit(own, f"本市承诺的期限（{why}）")


def _within(law: Limit, own: int | None) -> Limit:
    """Also where something longer was kept, in whatever way it came there."""
    if own is None or own >= law.days:
        return law
    return Limit(own, f"本市承诺的期限（{law.source}：最多 {law.days} 个工作日）")
