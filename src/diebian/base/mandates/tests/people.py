"""A mother, her daughter, a neighbour; and what there is to be done for somebody."""

from diebian.base.mandates.matters import Matter
from diebian.base.mandates.models import Mandate
from diebian.base.mandates.public import Scope, agree, give
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    actor_by_username,
    register_department,
    register_person,
)

BODY = "91110000600037341L"
NUMBERS = {
    "mother": "11010519491231002X",
    "daughter": "219902198803120029",
    "neighbour": "219902199008170013",
}
PENSION = Matter("M1", "样例待遇资格认证", BODY, "样例部门")
MEDICAL = Matter("M2", "样例参保缴费", BODY, "样例部门")
HOUSE = Matter("M3", "样例房屋过户", BODY, "样例部门", asks_herself=True)
MATTERS = {one.code: one for one in (PENSION, MEDICAL, HOUSE)}


def set_the_scene() -> None:
    for username, number in NUMBERS.items():
        register_person(
            username=username,
            password="样例口令一二三",
            name=f"样例{username}",
            id_number=number,
            by=PLATFORM,
        )


def a_body() -> str:
    register_department(credit_code=BODY, name="样例部门", by=PLATFORM)
    return BODY


def who(username: str) -> Actor:
    return actor_by_username(username)


def to(username: str) -> dict[str, str]:
    return {"holder_id_number": NUMBERS[username], "holder_name": f"样例{username}"}


def proposed(scope: Scope | None = None) -> Mandate:
    return give(**to("daughter"), scope=scope or Scope(matters=["M1"]), by=who("mother"))


def agreed(scope: Scope | None = None) -> Mandate:
    return agree(mandate_id=proposed(scope).public_id, by=who("mother"))
