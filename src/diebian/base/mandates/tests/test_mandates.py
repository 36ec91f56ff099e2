"""A mandate is given by the giver, for named matters and a time, and ends when either wants it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from diebian.base.mandates.actions import ask_for, decline, use
from diebian.base.mandates.models import Mandate, State, Use
from diebian.base.mandates.public import Scope, agree, end, give, once_stood, standing
from diebian.base.mandates.refusals import NotGiven, Over, PersonUnknown, ToOneself, WrongState
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import Refused
from diebian.standards.mandates import RELATIVE

from .people import BODY, HOUSE, MEDICAL, NUMBERS, PENSION, agreed, proposed, to, who


def may(username: str = "daughter", matter: object = PENSION) -> bool:
    giver = who("mother").key
    return standing(holder=who(username), giver=giver, matter=matter) is not None  # type: ignore[arg-type]


def used(username: str = "daughter") -> None:
    use(giver=who("mother").key, matters=[PENSION], act="提交了申请", about="样例", link="/",
        by=who(username))  # fmt: skip


def test_nothing_holds_before_the_giver_has_agreed() -> None:
    mandate = proposed()
    assert not may()
    with pytest.raises(Refused):
        agree(mandate_id=mandate.public_id, by=who("daughter"))
    with pytest.raises(NotFound):
        agree(mandate_id=mandate.public_id, by=who("neighbour"))
    agree(mandate_id=mandate.public_id, by=who("mother"))
    assert may()
    assert not may("neighbour")
    assert not may(matter=MEDICAL)


def test_whoever_asks_waits_for_the_giver() -> None:
    told = {"giver_id_number": NUMBERS["mother"], "giver_name": "样例mother"}
    mandate = ask_for(**told, scope=Scope(matters=["M1"]), by=who("daughter"))
    assert not may()
    assert "想替您办" in unread(who("mother").key).get().body
    agree(mandate_id=mandate.public_id, by=who("mother"))
    assert may()


def test_it_holds_through_its_last_day_and_not_a_day_longer() -> None:
    mandate = agreed(Scope(matters=["M1"], days=30))
    last = clock.now() + timedelta(days=30)
    with clock.held_at(last):
        assert may()
        used()
    with clock.held_at(last + timedelta(days=1)):
        assert not may()
        with pytest.raises(Over):
            used()
        with pytest.raises(WrongState):
            end(mandate_id=mandate.public_id, by=who("mother"))


@pytest.mark.parametrize("username", ["mother", "daughter"])
def test_either_of_the_two_ends_it_at_once_and_both_are_told(username: str) -> None:
    mandate = agreed()
    end(mandate_id=mandate.public_id, by=who(username))
    assert not may()
    with pytest.raises(Over):
        used()
    for key in (mandate.giver_key, mandate.holder_key):
        assert "不能再代办" in unread(key).latest("pk").body


def test_each_use_is_written_down_told_to_the_giver_and_shows_both() -> None:
    mandate = agreed()
    used()
    assert [one.act for one in Use.objects.filter(mandate=mandate)] == ["提交了申请"]
    told = unread(mandate.giver_key).latest("pk").body
    assert "样例daughter凭您的授权，替您提交了申请" in told
    assert "mandates.used" in actions_on(mandate.audit_subject)
    with pytest.raises(NotGiven):
        used("neighbour")


def test_a_whole_field_reaches_all_but_what_asks_herself() -> None:
    agreed(Scope(field=BODY))
    assert may(matter=PENSION)
    assert may(matter=MEDICAL)
    assert not may(matter=HOUSE)
    agreed(Scope(matters=["M3"]))
    assert may(matter=HOUSE)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(matters=["M1"], field=BODY),
        Scope(field="nobody"),
        Scope(matters=["unknown"]),
        Scope(matters=["M1"], days=RELATIVE.periods[-1] + 1),
    ],
)
def test_never_everything_and_never_for_ever(scope: Scope) -> None:
    with pytest.raises(Invalid):
        proposed(scope)


def test_nobody_is_found_by_half_of_the_truth_or_needs_a_mandate_from_oneself() -> None:
    scope = Scope(matters=["M1"])
    with pytest.raises(PersonUnknown):
        give(**to("daughter") | {"holder_name": "别人"}, scope=scope, by=who("mother"))
    with pytest.raises(ToOneself):
        give(**to("mother"), scope=scope, by=who("mother"))


def test_a_form_posted_twice_is_one_mandate_and_agreed_twice_is_once() -> None:
    assert proposed() == proposed()
    mandate = agreed()
    agree(mandate_id=mandate.public_id, by=who("mother"))
    assert actions_on(mandate.audit_subject).count("mandates.agreed") == 1


def test_declined_it_never_holds() -> None:
    mandate = proposed()
    decline(mandate_id=mandate.public_id, by=who("mother"))
    with pytest.raises(WrongState):
        agree(mandate_id=mandate.public_id, by=who("mother"))
    assert not may()
    assert not once_stood(holder=who("daughter"), giver=who("mother").key, matter=PENSION)


def test_what_was_agreed_to_is_rewritten_by_no_program() -> None:
    mandate = agreed()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(matters=["M1", "M3"])
    mandate.refresh_from_db()
    assert mandate.state == State.AGREED
    assert mandate.matters == ["M1"]
