"""A county's department does not accept the answer of a city's: who brings them together.

Within one county its own authority, where there is one; between levels, and between counties, the
city's, which is the common next higher one.
"""

from datetime import date

import pytest

from diebian.base.directory.models import City, Division, OrganisationVersion
from diebian.base.disputes.actions import advise, object_to, open_dispute, pass_on, refer, say
from diebian.base.disputes.models import Dispute, State
from diebian.base.disputes.public import doorway, waiting_count
from diebian.base.disputes.reminding import remind
from diebian.base.disputes.tests.people import (
    ASKING,
    KIND,
    PROVIDER,
    Changed,
    asker,
    authority,
    department,
    head,
    register,
    who,
)
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, department_keys
from tests.browsing import browser
from tests.days import a_calendar

pytestmark = pytest.mark.django_db
NORTH, SOUTH = "990101", "990102"
COUNTY_BUREAU = "样例县数据局"
SINCE = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _scene() -> None:
    a_calendar()
    register()
    Changed.told, Changed.done = {}, False
    City.objects.create(code="990100", name="样例市", short_name="样例", hotline="1", lead="")
    for code, name in ((NORTH, "北样例县"), (SOUTH, "南样例县")):
        Division.objects.create(
            code=f"{code}000000", name=name, parent="", level="county", valid_from=SINCE
        )
    for made in (asker, head, authority):
        made()


def test_between_a_county_and_the_city_the_citys_authority_is_the_common_one() -> None:
    _of(ASKING, NORTH)
    near = _county_authority()
    made = _referred()
    assert (made.bench, made.is_common, made.state) == ("", True, State.COORDINATION)
    assert (waiting_count(authority()), waiting_count(near)) == (1, 0)
    with pytest.raises(NotFound):
        advise(dispute_id=made.public_id, outcome="upheld", text="样例", by=near)
    page = browser(asker()).get(f"/disputes/{made.public_id}/").content.decode()
    assert "共同的上级，样例市数据主管部门" in page
    assert "双方不在同一级" in page
    advise(dispute_id=made.public_id, outcome="upheld", text="样例", by=authority())
    object_to(dispute_id=made.public_id, text="不同意", by=asker())
    assert "样例市人民政府" in _page(made)


def test_two_counties_have_the_city_in_common_and_before_it_is_opened_the_form_says_so() -> None:
    _of(ASKING, NORTH)
    _of(PROVIDER, SOUTH)
    there = doorway(KIND, "1", asker())
    assert there is not None
    assert "共同的上级，样例市数据主管部门" in browser(asker()).get(there.href).content.decode()
    assert _referred().is_common


def test_in_one_county_its_own_authority_coordinates_and_its_government_decides() -> None:
    _of(ASKING, NORTH)
    _of(PROVIDER, NORTH)
    near = _county_authority()
    made = _referred()
    assert (made.bench, made.is_common) == (NORTH, False)
    assert (waiting_count(near), waiting_count(authority())) == (1, 0)
    with pytest.raises(Refused):  # the city's looks on
        advise(dispute_id=made.public_id, outcome="upheld", text="样例", by=authority())
    before = unread(near.key).count(), unread(authority().key).count()
    with clock.held_at(made.opened_at.replace(month=12, day=31)):
        remind(by=PLATFORM)
    assert (unread(near.key).count(), unread(authority().key).count()) == (
        before[0] + 1, before[1] + 1,
    )  # fmt: skip
    pass_on(dispute_id=made.public_id, text="各有依据", by=near)
    assert "北样例县人民政府" in _page(made)


def test_a_county_without_an_authority_of_its_own_has_the_citys() -> None:
    _of(ASKING, NORTH)
    _of(PROVIDER, NORTH)
    made = _referred()
    assert (made.bench, made.is_common) == ("", False)


def test_a_countys_authority_may_be_a_side_before_the_citys() -> None:
    _of(COUNTY_BUREAU, NORTH)
    _of(ASKING, NORTH)
    who(Post.AUTHORITY, COUNTY_BUREAU)
    made = _referred(by=who(Post.APPLICANT, COUNTY_BUREAU))
    assert (made.state, made.bench) == (State.COORDINATION, "")


def _of(name: str, county: str) -> None:
    """This department is of a county."""
    code = department(name)
    OrganisationVersion.objects.create(
        code=name, department_id=department_keys()[code], name=name,
        short_name=name, division=f"{county}000000", mark="SAMPLE", valid_from=SINCE,
    )  # fmt: skip


def _county_authority() -> Actor:
    _of(COUNTY_BUREAU, NORTH)
    return who(Post.AUTHORITY, COUNTY_BUREAU)


def _referred(by: Actor | None = None) -> Dispute:
    by = by or asker()
    made = open_dispute(kind=KIND, about="1", grounds="确需使用", by=by)
    say(dispute_id=made.public_id, text="不行", by=who(Post.DATA_MANAGER, PROVIDER))
    return refer(dispute_id=made.public_id, text="谈不拢", by=by)


def _page(made: Dispute) -> str:
    told = browser(asker()).get(f"/disputes/{made.public_id}/")
    assert told.status_code == 200
    return told.content.decode()
