"""核验 at the reviewer's desk: what is asked, what comes, how often, and who sees it.

That the gateway and the department really answer stands in the tests of the platform.
"""

from typing import Any

import pytest
from django.test import Client

from diebian.base.exchange import public as exchange
from diebian.base.exchange.public import CaseNotLive, TooManyGuesses, Verification
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import ClaimsMissing, ClaimWrong, WrongState
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused, subject_ref

from .people import NUMBERS, WORD, a_draft, under_review, who

pytestmark = pytest.mark.django_db


class Department:
    """What the gateway was asked in this test, and what it answers."""

    asked: list[dict[str, Any]] = []
    found = True
    right: dict[str, bool] = {}
    refuses: Exception | None = None


@pytest.fixture(autouse=True)
def _department(monkeypatch: pytest.MonkeyPatch) -> None:
    Department.asked, Department.found, Department.right = [], True, {}
    Department.refuses = None
    monkeypatch.setattr(exchange, "verify", _answer)
    monkeypatch.setattr(exchange, "fitting", lambda **told: told["parameters"])


def test_only_what_was_filled_in_is_asked_in_the_spelling_of_the_interface() -> None:
    case = under_review()
    Department.right = {"since": True, "kind": False}
    _verify(case, since="2012-07-01", kind="390", name=" ")
    [asked] = Department.asked
    assert asked["claims"] == {"since": "20120701", "kind": "390"}
    errand = asked["errand"]
    assert (errand.case_no, errand.subject) == (case.case_no, subject_ref(NUMBERS["applicant"]))
    told = {one.label: one.get_outcome_display() for one in case.verified.all()}
    assert told == {"参保日期": "一致", "险种": "不一致"}
    assert "services.case.verified" in actions_on(f"case:{case.case_no}")


def test_no_record_is_said_as_such() -> None:
    case = under_review()
    Department.found, Department.right = False, {"kind": False}
    _verify(case, kind="310")
    assert [one.get_outcome_display() for one in case.verified.all()] == ["查无"]


def test_the_case_is_live_for_the_exchange_until_it_is_decided() -> None:
    case = under_review()
    _verify(case, kind="310")
    about = f"exchange.case:sample:{case.case_no}"
    assert actions_on(about) == ["exchange.case.opened"]
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    assert actions_on(about) == ["exchange.case.opened", "exchange.case.closed"]
    with pytest.raises(WrongState):
        _verify(case, kind="310")


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({}, ClaimsMissing),
        ({"since": "去年"}, ClaimWrong),
        ({"kind": "999"}, ClaimWrong),
        ({"name": "长" * 201}, ClaimWrong),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anybody_is_asked(
    sent: dict[str, str], refusal: type[Exception]
) -> None:
    case = under_review()
    with pytest.raises(refusal):
        _verify(case, **sent)
    assert Department.asked == []


def test_only_the_deciding_reviewer_asks_and_only_what_the_city_declares() -> None:
    case, draft = under_review(), a_draft("stranger")
    for nobody, refusal in (("outsider", NotFound), ("applicant", Refused), ("stranger", NotFound)):
        with pytest.raises(refusal):
            _verify(case, by=nobody, kind="310")
    with pytest.raises(NotFound):
        _verify(draft, kind="310")
    with pytest.raises(NotFound):
        actions.verify(case_no=case.case_no, resource="house", sent={}, by=who("reviewer"))


def test_the_page_is_filled_from_the_case_and_says_how_it_came_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = under_review()
    monkeypatch.setattr("diebian.scenes.services.verify_views.guesses_left", lambda **_: 4)
    page = _reviewer()
    place = f"/desk/cases/{case.case_no}/verify/"
    assert place in page.get(f"/desk/cases/{case.case_no}/").content.decode()
    form = page.get(place).content.decode()
    assert 'value="样例applicant"' in form
    assert "今天还能问 <strong>4</strong> 次" in form
    Department.right = {"since": False}
    answer = page.post(place, {"resource": "insured", "since": "2012-07-01"})
    assert answer.status_code == 302
    told = page.get(place).content.decode()
    assert "不一致" in told
    assert "2012" not in told
    wrong = page.post(place, {"resource": "insured", "since": "去年"})
    assert wrong.status_code == 422
    assert 'value="去年"' in wrong.content.decode()


@pytest.mark.parametrize("refusal", [TooManyGuesses, CaseNotLive, exchange.GatewayUnavailable])
def test_what_the_gateway_refuses_stands_on_the_page(
    refusal: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = under_review()
    monkeypatch.setattr("diebian.scenes.services.verify_views.guesses_left", lambda **_: 1)
    Department.refuses = refusal()
    answer = _reviewer().post(
        f"/desk/cases/{case.case_no}/verify/", {"resource": "insured", "kind": "310"}
    )
    assert answer.status_code == refusal.status  # type: ignore[attr-defined]
    assert refusal.code in answer.content.decode()  # type: ignore[attr-defined]
    assert not case.verified.exists()


def test_where_nothing_is_granted_the_page_says_so_and_the_applicant_sees_who_looked() -> None:
    case = under_review()
    page = _reviewer().get(f"/desk/cases/{case.case_no}/verify/").content.decode()
    assert "没有核验它的授权" in page
    assert "核验页" in _person().get("/me/reads/").content.decode()


def _answer(**told: Any) -> Verification:
    if Department.refuses is not None:
        raise Department.refuses
    Department.asked.append(told)
    matches = {column: Department.right.get(column, True) for column in told["claims"]}
    return Verification("call", Department.found, matches)


def _verify(case: Case, *, by: str = "reviewer", **sent: str) -> None:
    actions.verify(case_no=case.case_no, resource="insured", sent=sent, by=who(by))


def _reviewer() -> Client:
    return _browser("reviewer")


def _person() -> Client:
    return _browser("applicant")


def _browser(username: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"username": username, "password": WORD})
    return client
