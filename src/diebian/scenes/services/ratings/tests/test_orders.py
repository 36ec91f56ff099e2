"""A bad rating is called back, put right, answered; contested ones are decided by the authority."""

from datetime import date

import pytest

from diebian.base.messages.public import unread
from diebian.scenes.services.rating_models import OrderState, RatingOrder, Service
from diebian.scenes.services.ratings import orders, refusals, selectors, summary
from diebian.scenes.services.ratings.actions import rate_again
from diebian.scenes.services.ratings.reminding import remind
from diebian.scenes.services.ratings.words import look_at_words
from diebian.scenes.services.tests.people import OWNER, WORD, who
from diebian.security.identity.public import PLATFORM, Refused, register_official
from diebian.security.tracker.public import reads_of

from .made import DECIDED, badly_rated, on

DONE = {"responsibility": "process", "fix": "改了叫号", "text": "对不起，已经改了"}


def called_back() -> RatingOrder:
    order = badly_rated()
    with on(date(2026, 3, 3)):
        told = {"text": "等了太久", "is_reached": True}
        orders.record_call(public_id=order.public_id, **told, by=who("head"))  # type: ignore[arg-type]
    return order


def answered() -> RatingOrder:
    order = called_back()
    with on(date(2026, 3, 4)):
        orders.answer(public_id=order.public_id, **DONE, by=who("head"))
    order.refresh_from_db()
    return order


def again(order: RatingOrder, grade: int) -> None:
    case_no = order.rating.invitation.case.case_no
    told = {"case_no": case_no, "service": Service.CASE, "grade": grade, "words": ""}
    with on(date(2026, 3, 5)):
        rate_again(**told, by=who("applicant"))  # type: ignore[arg-type]
    order.refresh_from_db()


def test_whoever_is_rated_does_not_deal_with_it() -> None:
    order = badly_rated()
    with on(DECIDED):
        assert [one.key for one in orders.candidates(order)] == ["head"]
        with pytest.raises(refusals.HandlerUnknown):
            orders.assign(public_id=order.public_id, handler="reviewer", by=who("head"))
        with pytest.raises(refusals.OwnRating):
            orders.reveal_contact(public_id=order.public_id, by=who("reviewer"))
        with pytest.raises(Refused):
            orders.reveal_contact(public_id=order.public_id, by=who("outsider"))


def test_another_of_the_department_is_named_and_then_may() -> None:
    register_official(
        username="second", password=WORD, name="另一位", department=OWNER, posts=["reviewer"],
        by=PLATFORM,
    )  # fmt: skip
    order = badly_rated()
    with on(DECIDED):
        with pytest.raises(Refused):
            orders.record_call(
                public_id=order.public_id, text="x", is_reached=True, by=who("second")
            )
        orders.assign(public_id=order.public_id, handler="second", by=who("supervisor"))
        orders.record_call(public_id=order.public_id, text="x", is_reached=True, by=who("second"))
        assert [one.pk for one, _ in selectors.desk(who("second"), "1").lines] == [order.pk]
    assert len(unread("second")) == 1


def test_the_phone_is_told_for_the_call_and_the_person_sees_who_asked() -> None:
    order = badly_rated()
    with on(DECIDED):
        contact = orders.reveal_contact(public_id=order.public_id, by=who("head"))
    assert contact.phone == "13800000000"
    [line] = reads_of(person_key=who("applicant").key).lines
    assert (line.reader, line.purpose, line.resource) == ("head", "差评回访", "差评工单")


def test_no_answer_without_a_call_back_and_three_missed_ones_are_one() -> None:
    order = badly_rated()
    with on(DECIDED):
        with pytest.raises(refusals.NotCalledBack):
            orders.answer(public_id=order.public_id, **DONE, by=who("head"))
        for _ in range(3):
            told = {"text": "没有人接", "is_reached": False}
            orders.record_call(public_id=order.public_id, **told, by=who("head"))  # type: ignore[arg-type]
        with pytest.raises(refusals.AnswerIncomplete):
            orders.answer(public_id=order.public_id, **{**DONE, "fix": " "}, by=who("head"))
        orders.answer(public_id=order.public_id, **DONE, by=who("head"))
    order.refresh_from_db()
    assert order.state == OrderState.ANSWERED


def test_a_good_second_rating_ends_it() -> None:
    order = answered()
    assert any("对不起" in one.body for one in unread(who("applicant").key))
    again(order, 4)
    assert order.state == OrderState.CLOSED
    with on(date(2026, 3, 6)):
        told = summary.by_department()
    [line] = told.lines
    assert (line.bad, line.answered, line.unanswered, line.accepted) == (1, 1, 0, 1)
    assert line.typical == 2
    assert told.whole.counts == [0, 0, 0, 0, 1]


def test_a_bad_second_rating_is_looked_at_by_the_authority() -> None:
    order = answered()
    again(order, 2)
    assert order.state == OrderState.AGAIN
    with on(date(2026, 3, 6)):
        with pytest.raises(Refused):
            orders.close(public_id=order.public_id, text="样例", by=who("head"))
        orders.send_back(public_id=order.public_id, text="再改", by=who("supervisor"))
        orders.answer(public_id=order.public_id, **DONE, by=who("head"))
    again(order, 1)
    with on(date(2026, 3, 9)):
        orders.close(public_id=order.public_id, text="已尽力", by=who("supervisor"))
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_without_a_second_rating_it_ends_by_itself() -> None:
    order = answered()
    with on(date(2026, 3, 18)):
        assert orders.close_silent(by=PLATFORM) == 0
    with on(date(2026, 3, 19)):
        assert orders.close_silent(by=PLATFORM) == 1
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def test_a_contested_rating_is_decided_by_the_authority_once() -> None:
    order = badly_rated()
    with on(DECIDED):
        orders.contest(public_id=order.public_id, text="评错了事项", by=who("head"))
        assert len(unread("supervisor")) == 1
        with pytest.raises(Refused):
            orders.void(public_id=order.public_id, text="样例", by=who("head"))
        orders.uphold(public_id=order.public_id, text="没有错", by=who("supervisor"))
        with pytest.raises(refusals.ContestedBefore):
            orders.contest(public_id=order.public_id, text="还是错", by=who("head"))
    order.refresh_from_db()
    assert order.state == OrderState.OPEN


def test_what_is_found_malicious_counts_no_more_and_its_writer_is_told() -> None:
    order = badly_rated()
    with on(DECIDED):
        orders.contest(public_id=order.public_id, text="恶意", by=who("head"))
        orders.void(public_id=order.public_id, text="同一天评了十次", by=who("supervisor"))
        whole = summary.by_department().whole
    assert (whole.bad, whole.voided, whole.unanswered) == (0, 1, 0)
    assert any("没有计入" in one.body for one in unread(who("applicant").key))


def test_each_rung_reaches_more_people_and_is_told_once() -> None:
    order = badly_rated()
    watchers = ("head", "supervisor")
    told = []
    for day in (2, 3, 4, 5):
        before = {name: len(unread(name)) for name in watchers}
        with on(date(2026, 3, day)):
            remind(by=PLATFORM)
            remind(by=PLATFORM)
        told.append([name for name in watchers if len(unread(name)) > before[name]])
    assert told == [["head"], [], ["head"], ["head", "supervisor"]]
    order.refresh_from_db()
    assert order.reminded == "late"


def test_words_are_public_only_after_somebody_has_looked() -> None:
    order = badly_rated("等了两个小时")
    with on(date(2026, 3, 3)):
        assert summary.of_department(OWNER).words == []
        with pytest.raises(Refused):
            look_at_words(rating=order.rating.pk, is_shown=True, by=who("head"))
        look_at_words(rating=order.rating.pk, is_shown=True, by=who("supervisor"))
        assert [one.words for one in summary.of_department(OWNER).words] == ["等了两个小时"]
        with pytest.raises(refusals.OrderElsewhere):
            look_at_words(rating=order.rating.pk, is_shown=False, by=who("supervisor"))


def test_items_with_few_ratings_stand_together() -> None:
    badly_rated()
    with on(date(2026, 3, 3)):
        [line] = summary.of_department(OWNER).lines
    assert line.key == ""
    assert line.bad == 1
