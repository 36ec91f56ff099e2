"""公民身份号码, 统一社会信用代码 and 注册号, judged by the lake's own SQL of their check places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from diebian.base.lake.public import (
    Check,
    Dialect,
    code_check_of,
    id_check_of,
    registration_check_of,
)

from .kind import Asked, Judged, Place, Told


@dataclass(frozen=True)
class Number:
    slug: str
    title: str
    says: str
    check_of: Callable[[str, str, Dialect], Check]
    asks: tuple[Asked, ...] = (Asked("column", "列"),)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的{self.title}"

    def judged(self, told: Told, place: Place) -> Judged:
        check = self.check_of(place.text(told), told["column"], place.dialect)
        return Judged(check.wrong, (told["column"],), place.filled(told), check.helpers)


ID_NUMBER = Number(
    "id_number", "公民身份号码", "18 位，出生日期真有，校验位对（GB 11643-1999）", id_check_of
)
CREDIT_CODE = Number(
    "credit_code", "统一社会信用代码", "18 位，校验位对（GB 32100-2015）", code_check_of
)
REGISTRATION = Number(
    "registration",
    "市场主体注册号",
    "15 位数字，校验位对（GS 15—2006）；领了统一社会信用代码以前用的号",
    registration_check_of,
)
