"""授权: how long, and for how many matters, one may let another act.

民法典 第一百六十五条: who, for what, how far and until when stand in a written authorisation; it
ends when its time is over, when it is taken back or given back, and when one of the two dies
(第一百七十三条). No law says how long is too long: the numbers here are this project's own.
"""

from dataclasses import dataclass

WRITTEN = "民法典 第一百六十五条"
ENDS = "民法典 第一百七十三条"


@dataclass(frozen=True)
class Bounds:
    """`periods`: days that may be chosen; `usual`: of them, what is chosen already; `most`: matters
    that one mandate may name.
    """

    periods: tuple[int, ...]
    usual: int
    most: int
    source: str


RELATIVE = Bounds(
    periods=(30, 90, 180, 365),
    usual=90,
    most=10,
    source=f"{WRITTEN}要求写明事项和期限；最长一年、一份最多 10 项是平台的规定",
)


# 老年人权益保障法 第二条: who is sixty; 第五十五条: of a house or a household register she is asked
# herself whether she wants it, also where somebody acts for her.
OLD_AGE = 60
TRUE_WILL = "老年人权益保障法 第五十五条"

# How a company's people act for it: chosen by who represents it by law.
AGENT = Bounds(
    periods=(90, 365, 730, 1095),
    usual=365,
    most=30,
    source=f"{WRITTEN}要求写明事项和期限；最长三年、一份最多 30 项是平台的规定",
)
# Days for which the register's word on who represents a company is believed: this project's own.
HEAD_IS_BELIEVED = 30
