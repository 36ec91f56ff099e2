"""A system says which cases are going on: its own, in writing, and only with a token."""

import json
from typing import Any

import pytest
from django.test import Client

from diebian.base.exchange.cases.actions import close_case, open_case
from diebian.base.exchange.cases.models import LiveCase
from diebian.base.exchange.tests.people import CONSUMER, SYSTEM, department, who
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused, register_system, subject_ref
from diebian.security.keys.public import token

pytestmark = pytest.mark.django_db
ANNA, BORIS = "219902199106140029", "21990219870909002X"


@pytest.fixture(autouse=True)
def _system(db: None) -> None:  # noqa: ARG001
    register_system(code=SYSTEM, name="样例系统", department=department(CONSUMER), by=PLATFORM)


def test_a_system_opens_widens_and_closes_its_case() -> None:
    assert said("", {"case_no": "A-1", "id_numbers": [ANNA]}) == 201
    assert said("", {"case_no": "A-1", "id_numbers": [ANNA, BORIS]}) == 201
    rows = LiveCase.objects.filter(system=SYSTEM, case_no="A-1", closed_at=None)
    assert {one.subject for one in rows} == {subject_ref(ANNA), subject_ref(BORIS)}
    assert said("/closed", {"case_no": "A-1"}) == 200
    assert said("/closed", {"case_no": "A-1"}) == 200
    assert not LiveCase.objects.filter(closed_at=None).exists()
    told = ["exchange.case.opened"] * 2 + ["exchange.case.closed"]
    assert actions_on(f"exchange.case:{SYSTEM}:A-1") == told
    assert said("", {"case_no": "A-1", "id_numbers": [ANNA]}) == 201  # taken up again
    assert LiveCase.objects.filter(closed_at=None).count() == 2
    assert actions_on(f"exchange.case:{SYSTEM}:A-1") == [*told, "exchange.case.reopened"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"case_no": "A-1"},
        {"case_no": "A-1", "id_numbers": []},
        {"case_no": "A-1", "id_numbers": ["x"] * 21},
        {"case_no": "A-1", "id_numbers": [{}]},
        {"case_no": "x" * 41, "id_numbers": [ANNA]},
        {"case_no": 5, "id_numbers": [ANNA]},
    ],
)
def test_what_is_unclear_opens_nothing(wrong: dict[str, Any]) -> None:
    assert said("", wrong) == 422
    assert not LiveCase.objects.exists()


def test_nobody_speaks_for_another_system() -> None:
    assert (
        Client().post("/api/exchange/cases", "{}", content_type="application/json").status_code
        == 401
    )
    for other in (who(Post.APPLICANT, CONSUMER), who(Post.AUTHORITY, CONSUMER)):
        with pytest.raises(Refused):
            open_case(system=SYSTEM, case_no="A-1", id_numbers=[ANNA], by=other)
        with pytest.raises(Refused):
            close_case(system=SYSTEM, case_no="A-1", by=other)


def said(path: str, told: dict[str, Any]) -> int:
    shown = {"Authorization": f"Bearer {token(SYSTEM)}"}
    answer = Client().post(
        f"/api/exchange/cases{path}", json.dumps(told), content_type="application/json",
        headers=shown,
    )  # fmt: skip
    return answer.status_code
