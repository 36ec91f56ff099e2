"""跨省通办: how an item of this city is had by somebody who is in another one.

国办发〔2020〕35号 names 全程网办, 异地代收代办 and 多地联办; what asks for the person herself once
is had by an appointment. Written from memory, not compared with the text.
"""

from collections.abc import Sequence
from enum import StrEnum


class Way(StrEnum):
    """As an item says it: what people read is what is kept."""

    ONLINE = "全程网办"
    HANDED = "异地代收代办"
    APPOINTMENT = "预约后到场"

    @property
    def says(self) -> str:
        return SAYS[self]


SAYS = {
    Way.ONLINE: "在哪里都能在网上从申请办到结果，不用到本市来",
    Way.HANDED: "到您所在地的跨省通办窗口交材料，由那里核对身份、转到本市；结果寄给您",
    Way.APPOINTMENT: "要本人到场一次：先约好时间，来了不用排队，结果可以寄给您",
}


def ways_in(told: Sequence[str]) -> list[Way]:
    """As an item keeps them."""
    return [way for way in Way if way.value in told]


# Working days within which a window sends on what it took in for another city: this project's own
# number, no rule was at hand.
SENT_WITHIN = 2
