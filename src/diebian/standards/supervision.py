"""督查督办 and 自查自评: the steps that have days. No law names any: a city promises its own in
`supervision.yaml`; where it says nothing, these defaults of the project stand.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import TextChoices

from .promises import Promise
from .sharing import Limit

LONGEST = 120  # working days


class Step(TextChoices):
    """As `days` of `supervision.yaml` names them."""

    ACCEPT = "accept", "签收"
    REPORT = "report", "反馈进展"
    VERIFY = "verify", "核实"
    RED = "red", "超期多久亮红牌"
    SHEET = "sheet", "自查自评"
    RECTIFY = "rectify", "整改"


USUAL: Mapping[Step, int] = {
    Step.ACCEPT: 2,
    Step.REPORT: 20,
    Step.VERIFY: 5,
    Step.RED: 5,
    Step.SHEET: 20,
    Step.RECTIFY: 20,
}


def limit_of(step: Step, promises: Iterable[Promise], on: date) -> Limit:
    """Of a step that begins on a day; `promises` in the order of their days."""
    own = next((one.days.get(step) for one in reversed([*promises]) if one.since <= on), None)
    if own is None:
        return Limit(USUAL[step], "平台通用的期限，本市没有另定")
    return Limit(own, "本市自定的期限")
