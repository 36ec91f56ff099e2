"""People and an item for tests, made by the real actions."""

from diebian.scenes.services.models import Case, CaseEvent, ServiceItem, State
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    actor_by_username,
    department_keys,
    register_department,
    register_official,
    register_person,
)

OWNER, OTHER = "91110000600037341L", "914403001922038216"
WORD = "样例口令一二三"
SENT = {"amount": "500", "card_tail": "3021", "statement": "on"}
JOURNEY = {
    "asks": ["house"],
    "titles": {"house": "房屋查询"},
    "system": "sample",
    "purpose": "样例用途",
    "result": "样例决定",
    "result_type": f"{OWNER}001",
    "materials": [{"name": "房屋信息", "says": "不用交"}],
}


def set_the_scene() -> None:
    for code in (OWNER, OTHER):
        register_department(credit_code=code, name=f"样例部门{code[:4]}", by=PLATFORM)
    for username, number in (
        ("applicant", "11010519491231002X"),
        ("stranger", "219902198803120029"),
    ):
        register_person(
            username=username, password=WORD, name=f"样例{username}", id_number=number, by=PLATFORM
        )
    for username, code in (("reviewer", OWNER), ("outsider", OTHER)):
        register_official(
            username=username,
            password=WORD,
            name=username,
            department=code,
            posts=["reviewer"],
            by=PLATFORM,
        )
    ServiceItem.objects.create(
        code="S1",
        name="样例事项",
        kind="公共服务",
        department_id=department_keys()[OWNER],
        promised_days=10,
        words="样例叫法",
        journey=JOURNEY,
    )


def who(username: str) -> Actor:
    return actor_by_username(username)


def under_review(case: Case) -> Case:
    """As if the departments had answered: the answers themselves are tested on the platform."""
    case.state = State.UNDER_REVIEW
    case.save(update_fields=["state"])
    CaseEvent.objects.create(case=case, kind="accepted", at=case.received_at, actor="platform")
    return case
