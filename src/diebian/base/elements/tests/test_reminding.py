"""A proposal has a day by which the authority decides, and a ladder that leads there."""

from datetime import datetime

import pytest

from diebian.base.elements.actions import decline_element
from diebian.base.elements.models import Element
from diebian.base.elements.reminding import remind
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Refused
from tests.browsing import browser
from tests.days import a_calendar

from .people import a_candidate, authority, notices_of, who, with_account

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 10, 5, 10, tzinfo=clock.CITY_TIME)


def _at(month: int, day: int) -> datetime:
    return MONDAY.replace(month=month, day=day)


def test_the_authority_is_reminded_and_at_last_the_department_hears_of_it_too() -> None:
    a_calendar()
    manager, bureau = with_account(who()), with_account(authority())
    with clock.held_at(MONDAY):
        made = a_candidate()
    ladder = ((10, 28, 0), (10, 29, 1), (10, 30, 0), (11, 2, 1), (11, 3, 1), (11, 3, 0))
    for month, day, counted in ladder:
        with clock.held_at(_at(month, day)):
            assert remind(by=PLATFORM) == counted, (month, day)
    told = notices_of(bureau)
    assert [len(told), len(notices_of(manager))] == [1 + 3, 1]
    assert "已超期" in notices_of(manager)[0]
    with clock.held_at(_at(10, 26)):
        page = browser(authority()).get(f"/elements/{made}/").text
        assert "最晚 11 月 2 日（周一）决定" in page


def test_what_is_decided_is_not_reminded_of() -> None:
    with clock.held_at(MONDAY):
        decline_element(element_id=a_candidate(), reason="样例", by=authority())
    with clock.held_at(_at(12, 31)):
        assert remind(by=PLATFORM) == 0
    assert Element.objects.get().reminded == ""


def test_nobody_else_reminds() -> None:
    with pytest.raises(Refused):
        remind(by=authority())
