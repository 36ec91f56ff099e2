"""From asking to a grant: whose word each step is, and the days that the law gives."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from diebian.base.catalogue.public import entry_id, withdraw_entry
from diebian.base.exchange.grants.models import Grant, RequestState, ShareRequest
from diebian.base.exchange.requests import actions
from diebian.base.exchange.requests.dues import due_of
from diebian.base.exchange.requests.refusals import (
    AlreadyAsked,
    ColumnsMissing,
    ColumnUnknown,
    NoSystem,
    NotOpen,
    NotShared,
    ReasonMissing,
    SupplementAsked,
    TermsUnclear,
    WrongState,
)
from diebian.base.exchange.requests.selectors import history_of
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    a_grant,
    a_resource,
    a_submitted_request,
    ask,
    department,
    who,
)
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Post, Refused
from diebian.standards.sharing import SharingType
from tests.days import a_calendar

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


def test_each_does_their_part_and_the_trail_tells_it() -> None:
    a_resource()
    grant = a_grant()
    told = [(line.who, line.what) for line in history_of(grant.request)]
    assert told == [
        ("样例applicant", "提交申请"),
        ("样例data_head", "本单位审核同意，送提供部门"),
        ("样例data_head", "提供部门同意"),
        ("平台", "开通"),
        ("平台", "授权生效"),
    ]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"columns": []}, ColumnsMissing),
        ({"columns": ["owner", "nonsense"]}, ColumnUnknown),
        ({"purpose": "  "}, TermsUnclear),
        ({"tier": "unheard"}, TermsUnclear),
        ({"valid_to": date(2020, 1, 1)}, TermsUnclear),
    ],
)
def test_an_unclear_request_is_not_taken(
    changed: dict[str, object], refusal: type[DiebianError]
) -> None:
    a_resource()
    with pytest.raises(refusal):
        ask(**changed)  # type: ignore[arg-type]


def test_what_is_withheld_or_withdrawn_cannot_be_asked_for() -> None:
    a_resource(SharingType.NEVER)
    with pytest.raises(NotShared):
        ask()
    a_resource(slug="another")
    entry = entry_id(provider=department(PROVIDER), title="样例房屋 another")
    assert entry is not None
    withdraw_entry(entry_id=entry, reason="样例", by=who(Post.DATA_HEAD, PROVIDER))
    with pytest.raises(NotOpen):
        ask("another")


def test_a_second_click_makes_no_second_request() -> None:
    a_resource()
    ask()
    with pytest.raises(AlreadyAsked):
        ask()
    assert ask(purpose="另一用途").pk
    assert ShareRequest.objects.count() == 2


@pytest.mark.parametrize("post", [post for post in Post if post != Post.APPLICANT])
def test_only_an_applicant_asks(post: Post) -> None:
    a_resource()
    with pytest.raises(Refused):
        ask(by=who(post, CONSUMER))


def test_each_answer_belongs_to_one_head() -> None:
    a_resource()
    request = ask().pk
    ours, theirs = who(Post.DATA_HEAD, CONSUMER), who(Post.DATA_HEAD, PROVIDER)
    with pytest.raises(Refused):
        actions.approve_request(request_id=request, by=theirs)
    with pytest.raises(WrongState):
        actions.agree(request_id=request, by=theirs)
    actions.approve_request(request_id=request, by=ours)
    for nobody in (ours, who(Post.DATA_MANAGER, PROVIDER), who(Post.AUTHORITY, BUREAU)):
        with pytest.raises(Refused):
            actions.agree(request_id=request, by=nobody)
    actions.agree(request_id=request, by=theirs)
    for nobody in (ours, theirs, who(Post.OPERATOR, BUREAU)):
        with pytest.raises(Refused):
            actions.provision(request_id=request, by=nobody)
    with pytest.raises(NoSystem):
        actions.provision(request_id=request, by=who(Post.AUTHORITY, BUREAU))
    assert not Grant.objects.exists()


def test_a_refusal_says_why() -> None:
    a_resource()
    request = a_submitted_request().pk
    head = who(Post.DATA_HEAD, PROVIDER)
    with pytest.raises(ReasonMissing):
        actions.refuse(request_id=request, reason=" ", by=head)
    assert actions.refuse(request_id=request, reason="与职责无关", by=head).reason == "与职责无关"
    assert ask().state == RequestState.OFFICE_REVIEW  # it may be asked anew


def test_the_own_head_may_decline() -> None:
    a_resource()
    request = ask().pk
    declined = actions.decline_request(
        request_id=request, reason="不是本单位职责", by=who(Post.DATA_HEAD, CONSUMER)
    )
    assert declined.state == RequestState.DECLINED


def test_a_supplement_is_asked_for_once() -> None:
    a_resource()
    request = a_submitted_request().pk
    head, applicant = who(Post.DATA_HEAD, PROVIDER), who(Post.APPLICANT, CONSUMER)
    actions.ask_supplement(request_id=request, wanted="请写明条款", by=head)
    with pytest.raises(WrongState):
        actions.agree(request_id=request, by=head)
    with pytest.raises(Refused):
        actions.answer_supplement(request_id=request, answer="冒充", by=who(Post.APPLICANT, OTHER))
    actions.answer_supplement(request_id=request, answer="第二条", by=applicant)
    with pytest.raises(SupplementAsked):
        actions.ask_supplement(request_id=request, wanted="再补", by=head)
    assert actions.agree(request_id=request, by=head).state == RequestState.AGREED


@pytest.mark.parametrize(
    ("sharing", "words"),
    [
        (SharingType.UNCONDITIONAL, "最晚 11 月 26 日（周四）答复"),
        (SharingType.CONDITIONAL, "最晚 12 月 9 日（周三）答复"),
    ],
)
def test_the_reply_has_its_day(sharing: SharingType, words: str) -> None:
    a_calendar()
    a_resource(sharing)
    with clock.held_at(WEDNESDAY):
        request = a_submitted_request()
        assert str(due_of(request)) == words
        actions.ask_supplement(
            request_id=request.pk, wanted="请补", by=who(Post.DATA_HEAD, PROVIDER)
        )
        request.refresh_from_db()
        assert str(due_of(request)) == words  # the clock runs on
    with clock.held_at(WEDNESDAY + timedelta(days=20)):
        assert str(due_of(request)).endswith("已超期")


def test_provision_has_twenty_working_days() -> None:
    a_calendar()
    a_resource()
    with clock.held_at(WEDNESDAY):
        request = a_submitted_request()
        assert ask(purpose="刚提出").submitted_at is None
        agreed = actions.agree(request_id=request.pk, by=who(Post.DATA_HEAD, PROVIDER))
        assert str(due_of(agreed)) == "最晚 12 月 23 日（周三）开通"


def test_a_year_without_a_calendar_is_not_guessed() -> None:
    a_resource()
    assert str(due_of(a_submitted_request())) == "答复：放假安排公布后才能算出日期"


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_decide_at_once_one_wins() -> None:
    a_resource()
    request = a_submitted_request().pk
    head = who(Post.DATA_HEAD, PROVIDER)
    outcomes = _at_once(
        lambda: actions.agree(request_id=request, by=head),
        lambda: actions.refuse(request_id=request, reason="样例", by=head),
    )
    assert sorted(outcomes) == ["", "exchange.wrong_state"]
    state = ShareRequest.objects.get(pk=request).state
    assert state in {RequestState.AGREED, RequestState.REFUSED}


def _at_once(*deeds: Callable[[], object]) -> list[str]:
    """Each deed in a thread and on a connection of its own; the codes of the refusals."""
    outcomes: list[str] = []
    ready = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            deed()
            outcomes.append("")
        except DiebianError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
