"""公民身份号码, 统一社会信用代码 and 注册号, judged by the lake's own SQL of their check places."""

from typing import Any

from diebian.base.lake.public import code_check_of, id_check_of, registration_check_of

from .kind import Asked, Judged, Place, Told

COLUMN = Asked("column", "列")


class IdNumber:
    slug, title = "id_number", "公民身份号码"
    says = "18 位，出生日期真有，校验位对（GB 11643-1999）"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的公民身份号码"

    def judged(self, told: Told, place: Place) -> Judged:
        check = id_check_of(place.text(told), told["column"], place.dialect)
        return Judged(check.wrong, (told["column"],), place.filled(told), check.helpers)


class CreditCode:
    slug, title = "credit_code", "统一社会信用代码"
    says = "18 位，校验位对（GB 32100-2015）"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的统一社会信用代码"

    def judged(self, told: Told, place: Place) -> Judged:
        check = code_check_of(place.text(told), told["column"], place.dialect)
        return Judged(check.wrong, (told["column"],), place.filled(told), check.helpers)


class Registration:
    slug, title = "registration", "市场主体注册号"
    says = "15 位数字，校验位对（GS 15—2006）；领了统一社会信用代码以前用的号"
    asks = (COLUMN,)

    def checked(self, told: Told, place: Place) -> dict[str, Any]:
        return {"column": place.known(str(told.get("column", "")))}

    def words(self, told: Told) -> str:
        return f"“{told['column']}”是有效的市场主体注册号"

    def judged(self, told: Told, place: Place) -> Judged:
        check = registration_check_of(place.text(told), told["column"], place.dialect)
        return Judged(check.wrong, (told["column"],), place.filled(told), check.helpers)
