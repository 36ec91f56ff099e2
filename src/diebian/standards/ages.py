"""Ages that a law names."""

from dataclasses import dataclass
from datetime import date

BIRTH = slice(6, 14)  # in a 公民身份号码, GB 11643-1999


@dataclass(frozen=True)
class Age:
    """`years`: reached on the birthday itself."""

    years: int
    source: str

    def is_reached(self, born: date, on: date) -> bool:
        return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) >= self.years


ELDER = Age(60, "老年人权益保障法 第二条")


def born(id_number: str) -> date:
    """Of a number that `identifiers.is_id_number` takes for right."""
    told = id_number[BIRTH]
    return date(int(told[:4]), int(told[4:6]), int(told[6:]))
