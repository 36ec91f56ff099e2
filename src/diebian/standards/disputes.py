"""数据共享争议: 协商 → 主管部门协调 → 本级政府决定 (国务院令第809号 第二十八条).

The regulation names the steps and gives none of them a number of days. A city promises its own in
`city.yaml` (`dispute_days`); where it says nothing, these defaults of the project stand.
"""

from collections.abc import Mapping
from enum import StrEnum

from .sharing import Limit


class Step(StrEnum):
    """As `dispute_days` of a city names them."""

    TALK = "talk"  # both departments talk
    COORDINATION = "coordination"  # the data authority gives its opinion
    OBJECTION = "objection"  # silence accepts the opinion
    DECISION = "decision"  # the government at the same level decides


PROMISE = "本市承诺的期限（国务院令第809号 第二十八条没有给这一步规定天数）"
USUAL: Mapping[Step, int] = {
    Step.TALK: 10,
    Step.COORDINATION: 15,
    Step.OBJECTION: 5,
    Step.DECISION: 30,
}


def limit_of(step: Step, promised: Mapping[str, int]) -> Limit:
    """`promised`: the city's own working days by step."""
    return Limit(promised.get(step, USUAL[step]), PROMISE)
