"""政务服务事项实施编码, GB/T 39554.1-2020: who does it, on which level, and which item it is.

31 signs: credit code of the body (18), its level (1), base code (12). A 办理项, the leaf that is
applied for, has two more. The base code is the same wherever the item is done: province (2),
kind (2), department (2), main item (3), sub item (3).
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from .credit_code import ALPHABET, is_credit_code

IMPLEMENTATION, HANDLING = 31, 33
BODY, LEVEL, BASE = slice(0, 18), 18, slice(19, 31)
HIGHEST_NUMBER = 999_999  # three digits of the main item, three of the sub item


class Level(TextChoices):
    STATE = "1", "国家级"
    PROVINCE = "2", "省级"
    CITY = "3", "市级"
    COUNTY = "4", "县级"
    TOWN = "5", "乡级"
    VILLAGE = "6", "村级"


class Kind(TextChoices):
    """The two digits, and the words in which a list of items says it."""

    LICENSING = "01", "行政许可"
    PENALTY = "02", "行政处罚"
    COERCION = "03", "行政强制"
    LEVY = "04", "行政征收"
    PAYMENT = "05", "行政给付"
    INSPECTION = "06", "行政检查"
    CONFIRMATION = "07", "行政确认"
    REWARD = "08", "行政奖励"
    ADJUDICATION = "09", "行政裁决"
    OTHER = "10", "其他行政权力"
    SERVICE = "20", "公共服务"


KINDS = {str(kind.label): kind for kind in Kind}
LEVELS = {str(level.label): level for level in Level}


@dataclass(frozen=True)
class ItemCode:
    """`handling` is empty for a code of 31 signs."""

    body: str
    level: Level
    province: str
    kind: Kind
    department: str
    main: str
    sub: str
    handling: str = ""

    @property
    def base(self) -> str:
        return f"{self.province}{self.kind}{self.department}{self.main}{self.sub}"

    def __str__(self) -> str:
        return f"{self.body}{self.level}{self.base}{self.handling}"


def parts_of(text: str) -> ItemCode | None:
    """None for what is no such code: a wrong length, credit code, level or kind."""
    if len(text) not in {IMPLEMENTATION, HANDLING} or not text.isascii():
        return None
    body, level, base, handling = text[BODY], text[LEVEL], text[BASE], text[IMPLEMENTATION:]
    if not is_credit_code(body) or not set(base) <= set(ALPHABET):
        return None
    if not base[:2].isdigit() or (handling and not handling.isdigit()):
        return None
    if level not in tuple(Level) or base[2:4] not in tuple(Kind):
        return None
    numbers = (base[6:9], base[9:12])
    return ItemCode(body, Level(level), base[:2], Kind(base[2:4]), base[4:6], *numbers, handling)


def is_item_code(text: str) -> bool:
    return parts_of(text) is not None


def sample_code(
    *, body: str, level: Level, province: str, kind: Kind, department: int, number: int
) -> ItemCode:
    """For a list without codes: composed by rule from the number that the list gives the item.

    The first thousand are main items, the next thousand their first sub items. Different numbers
    of one department have different codes; whoever shows one marks it as a sample.
    """
    if not 0 <= number <= HIGHEST_NUMBER:
        raise ValueError(f"{number} has no place in a base code")
    sub, main = divmod(number, 1000)
    return ItemCode(
        body, level, province, kind, f"{department % 100:02}", f"{main:03}", f"{sub:03}"
    )
