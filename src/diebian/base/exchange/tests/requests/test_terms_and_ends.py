"""Terms of a grant, the one extension of a reply, renewal, and what happens when it is over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from diebian.base.exchange.grants.models import Grant, RequestState, ShareRequest, Standing
from diebian.base.exchange.requests import actions
from diebian.base.exchange.requests.dues import due_of
from diebian.base.exchange.requests.refusals import (
    ColumnUnknown,
    ExtensionAsked,
    ExtensionTooLong,
    ReasonMissing,
    RegionUnknown,
    TermsUnclear,
    WrongState,
)
from diebian.base.exchange.requests.selectors import history_of, inbox
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    PROVIDER,
    a_grant,
    a_resource,
    a_submitted_request,
    ask,
    department,
    who,
)
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import PLATFORM, Post, Refused, register_official
from tests.days import a_calendar
from tests.laid import laid_once

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)
HEAD, AUTHORITY = (Post.DATA_HEAD, PROVIDER), (Post.AUTHORITY, BUREAU)
USER = (Post.APPLICANT, CONSUMER)


laid = laid_once(a_calendar)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"masked": ["area"]}, ColumnUnknown),
        ({"region": "99a"}, RegionUnknown),
        ({"daily_limit": 0}, TermsUnclear),
    ],
)
def test_terms_that_cannot_be_kept_are_not_taken(
    changed: dict[str, object], refusal: type[DiebianError]
) -> None:
    a_resource()
    with pytest.raises(refusal):
        ask(**changed)  # type: ignore[arg-type]


def test_a_reply_is_extended_once_with_the_authority_s_consent() -> None:
    a_resource()
    with clock.held_at(WEDNESDAY):
        made = a_submitted_request()
        assert str(due_of(made)) == "最晚 12 月 9 日（周三）答复"
        _extend(made, 5)
        assert str(due_of(_again(made))) == "最晚 12 月 9 日（周三）答复"  # asked is not given
        assert made.pk in [line.request.pk for line in inbox(who(*AUTHORITY)).waiting]
        actions.answer_extension(request_id=made.pk, is_given=True, by=who(*AUTHORITY))
        assert str(due_of(_again(made))) == "最晚 12 月 16 日（周三）答复"
        with pytest.raises(ExtensionAsked):
            _extend(made, 1)
    assert "主管部门同意延长" in [line.what for line in history_of(_again(made))]


def test_an_extension_refused_leaves_the_first_day_and_no_second_try() -> None:
    a_resource()
    with clock.held_at(WEDNESDAY):
        made = a_submitted_request()
        _extend(made, 10)
        actions.answer_extension(request_id=made.pk, is_given=False, by=who(*AUTHORITY))
        assert str(due_of(_again(made))) == "最晚 12 月 9 日（周三）答复"
        with pytest.raises(ExtensionAsked):
            _extend(made, 1)


@pytest.mark.parametrize("days", [0, 11])
def test_an_extension_beyond_ten_days_is_refused(days: int) -> None:
    a_resource()
    with pytest.raises(ExtensionTooLong):
        _extend(a_submitted_request(), days)


def test_only_the_provider_s_head_asks_and_only_the_authority_consents() -> None:
    a_resource()
    made = a_submitted_request()
    with pytest.raises(Refused):
        actions.ask_extension(request_id=made.pk, days=3, reason="样例", by=who(*USER))
    _extend(made, 3)
    with pytest.raises(Refused):
        actions.answer_extension(request_id=made.pk, is_given=True, by=who(*HEAD))


def test_renewed_it_goes_on_under_the_new_grant_and_the_old_one_ends() -> None:
    a_resource()
    old = a_grant(valid_to=date(2026, 12, 31), daily_limit=9, masked=["owner"])
    made = actions.renew(request_id=old.request_id, valid_to=date(2027, 12, 31), by=who(*USER))
    assert (made.daily_limit, made.masked, made.purpose) == (9, ["owner"], old.request.purpose)
    assert Grant.objects.get(pk=old.pk).standing == Standing.ACTIVE  # until the new one stands
    actions.approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, CONSUMER))
    actions.agree(request_id=made.pk, by=who(*HEAD))
    new = actions.provision(request_id=made.pk, by=PLATFORM)
    assert Grant.objects.get(pk=old.pk).standing == Standing.RENEWED
    assert Grant.objects.get(pk=new.pk).standing == Standing.ACTIVE
    assert _again(old.request).state == RequestState.CLOSED


def test_a_renewal_must_reach_beyond_the_old_end() -> None:
    a_resource()
    old = a_grant(valid_to=date(2026, 12, 31))
    with pytest.raises(TermsUnclear):
        actions.renew(request_id=old.request_id, valid_to=date(2026, 12, 31), by=who(*USER))


@pytest.mark.parametrize("how", ["expired", "revoked"])
def test_after_the_end_the_consumer_says_what_became_of_the_data(how: str) -> None:
    a_resource()
    with clock.held_at(WEDNESDAY):
        grant = a_grant(valid_to=WEDNESDAY.date())
    _end[how](grant)
    request = _again(grant.request)
    assert request.state == RequestState.CLOSING
    assert Grant.objects.get(pk=grant.pk).revoked_at is not None
    with pytest.raises(ReasonMissing):
        actions.confirm_disposal(request_id=request.pk, how=" ", by=who(*USER))
    with pytest.raises(Refused):
        actions.confirm_disposal(request_id=request.pk, how="已删除", by=who(*HEAD))
    actions.confirm_disposal(request_id=request.pk, how="已删除", by=who(*USER))
    with pytest.raises(WrongState):
        actions.confirm_disposal(request_id=request.pk, how="已删除", by=who(*USER))
    assert _again(request).state == RequestState.CLOSED


def test_a_grant_lives_through_its_last_day() -> None:
    a_resource()
    with clock.held_at(WEDNESDAY):
        a_grant(valid_to=WEDNESDAY.date())
        assert actions.end_expired(by=PLATFORM) == 0
    with clock.held_at(WEDNESDAY + timedelta(days=1)):
        assert actions.end_expired(by=PLATFORM) == 1
        assert actions.end_expired(by=PLATFORM) == 0


def test_each_rung_reminds_once_and_silence_reaches_the_authority() -> None:
    a_resource()  # before anybody has an account: its own notices are the catalogue's
    register_official(
        username="sample-head",
        password="样例-2026-长",
        name="样例",
        department=department(PROVIDER),
        posts=[Post.DATA_HEAD],
        by=PLATFORM,
    )
    register_official(
        username="sample-authority",
        password="样例-2026-长",
        name="样例",
        department=department(BUREAU),
        posts=[Post.AUTHORITY],
        by=PLATFORM,
    )
    with clock.held_at(WEDNESDAY):
        a_submitted_request()
    told = []
    for day in (1, 9, 12, 13, 14, 15, 16):  # Thursday 11-26 … the last day is 12-09
        with clock.held_at(WEDNESDAY + timedelta(days=day)):
            told.append(actions.remind(by=PLATFORM))
            assert actions.remind(by=PLATFORM) == 0
    assert told == [0, 0, 1, 0, 1, 1, 0]
    asked_to_answer, rungs = 1, 3
    assert unread("sample-head").count() == asked_to_answer + rungs
    assert unread("sample-authority").count() == 1  # of the late one only


_end: dict[str, Callable[[Grant], object]] = {}


def _expire(_: Grant) -> None:
    with clock.held_at(WEDNESDAY + timedelta(days=1)):
        actions.end_expired(by=PLATFORM)


def _revoke(grant: Grant) -> None:
    actions.revoke(grant_id=grant.pk, reason="样例", by=who(*AUTHORITY))


_end.update(expired=_expire, revoked=_revoke)


def _extend(made: ShareRequest, days: int) -> None:
    actions.ask_extension(request_id=made.pk, days=days, reason="要先核对", by=who(*HEAD))


def _again(made: ShareRequest) -> ShareRequest:
    return ShareRequest.objects.select_related("resource__entry", "consumer").get(pk=made.pk)
