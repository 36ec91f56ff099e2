"""Everybody is invited; a service is rated once; a bad one becomes an order of the department."""

from datetime import date

import pytest

from diebian.base.messages.public import unread
from diebian.kernel.errors import NotFound
from diebian.scenes.services import actions
from diebian.scenes.services.rating_models import (
    Invitation,
    OrderState,
    Rating,
    RatingOrder,
    Service,
)
from diebian.scenes.services.ratings import actions as rating
from diebian.scenes.services.ratings import refusals, selectors, slips
from diebian.scenes.services.tests.people import under_review, who
from diebian.security.identity.public import PLATFORM, Refused

from .made import DECIDED, decided_case, on, visited_case


def test_a_decided_case_is_rated_once_in_five_grades() -> None:
    case = under_review()
    with pytest.raises(refusals.NothingToRate):
        rating.rate(case_no=case.case_no, grade=5, by=who("applicant"))
    actions.approve(case_no=case.case_no, by=who("reviewer"))
    for wrong in (0, 6):
        with pytest.raises(refusals.GradeWrong):
            rating.rate(case_no=case.case_no, grade=wrong, by=who("applicant"))
    with pytest.raises(NotFound):
        rating.rate(case_no=case.case_no, grade=5, by=who("reviewer"))
    made = rating.rate(
        case_no=case.case_no, grade=5, tags=["办得快", "没有这个词"], by=who("applicant")
    )
    assert made.tags == ["办得快"]
    assert not RatingOrder.objects.exists()
    with pytest.raises(refusals.RatedBefore):
        rating.rate(case_no=case.case_no, grade=1, by=who("applicant"))


def test_everybody_is_told_once_at_the_end_and_reminded_once() -> None:
    with on(DECIDED):
        case = decided_case()
        for _ in range(2):
            rating.invite(case_no=case.case_no, service=Service.CASE, by=PLATFORM)
    assert len(unread(who("applicant").key)) == 1
    for day, told in ((4, 0), (5, 1), (6, 0), (31, 0)):
        with on(date(2026, 3, day)):
            assert rating.remind_raters(by=PLATFORM) == told
    with pytest.raises(Refused):
        rating.remind_raters(by=who("head"))


def test_whoever_has_withdrawn_may_say_why() -> None:
    case = under_review()
    actions.withdraw(case_no=case.case_no, by=who("applicant"))
    assert rating.rate(case_no=case.case_no, grade=2, by=who("applicant")).is_bad


def test_after_the_promised_days_it_is_too_late() -> None:
    with on(DECIDED):
        case = decided_case()
        rating.invite(case_no=case.case_no, service=Service.CASE, by=PLATFORM)
    with on(date(2026, 4, 20)), pytest.raises(refusals.RatingClosed):
        rating.rate(case_no=case.case_no, grade=5, by=who("applicant"))


def test_a_visit_is_rated_by_the_code_on_its_slip_without_signing_in() -> None:
    case = visited_case()
    made = slips.slip_for(case_no=case.case_no, by=who("clerk"))
    assert slips.slip_for(case_no=case.case_no, by=who("clerk")) == made
    typed = slips.spelled(made.code).lower()
    for official in ("clerk", "reviewer"):
        with pytest.raises(refusals.OfficialsDoNotRate):
            rating.rate_by_code(code=typed, grade=5, by=who(official))
    rated = rating.rate_by_code(code=typed, grade=2, words="排队太久", by=None)
    assert rated.invitation.department.credit_code == who("clerk").department
    assert rated.invitation.served_by == "clerk"
    assert rated.is_by_code
    with pytest.raises(refusals.RatedBefore):
        rating.rate_by_code(code=typed, grade=5, by=None)
    with pytest.raises(refusals.CodeUnknown):
        rating.rate_by_code(code="222222222222", grade=5, by=None)
    [told] = [one for one in unread(who("applicant").key) if one.title.startswith("评一评")]
    assert "不是您评的" in told.body


def test_the_slip_is_the_receiving_clerks_alone() -> None:
    case = visited_case()
    for other in ("applicant", "reviewer", "head"):
        with pytest.raises(NotFound):
            slips.slip_for(case_no=case.case_no, by=who(other))


def test_an_online_case_is_no_visit() -> None:
    case = decided_case()
    with pytest.raises(refusals.NothingToRate):
        rating.invite(case_no=case.case_no, service=Service.VISIT, by=PLATFORM)
    assert not Invitation.objects.exists()


def test_a_bad_rating_goes_to_the_head_and_names_nobody() -> None:
    case = decided_case()
    rating.rate(case_no=case.case_no, grade=1, words="样例", by=who("applicant"))
    [told] = unread("head")
    assert "非常不满意" in told.body
    assert case.case_no not in told.body + told.link
    assert "applicant" not in told.body + told.title
    assert not unread("reviewer")


def test_nobody_who_dealt_with_the_case_sees_how_it_was_rated() -> None:
    case = decided_case()
    rating.rate(case_no=case.case_no, grade=1, by=who("applicant"))
    assert selectors.panels_for(who("applicant"), case)[0].rating == Rating.objects.get()
    assert selectors.panels_for(who("reviewer"), case) == []
    order = RatingOrder.objects.get()
    assert order.state == OrderState.OPEN
    for hidden in ("reviewer", "outsider", "clerk", "applicant"):
        with pytest.raises(NotFound):
            selectors.order_for(who(hidden), order.public_id)
