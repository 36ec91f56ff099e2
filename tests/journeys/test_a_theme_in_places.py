"""一件事 in the counties: asked once where it belongs, or of one member by itself; each case goes
to whoever decides there, from whichever window may take it in.
"""

from dataclasses import replace
from typing import Any

import pytest

from diebian.base.process.work.carrying import work_through
from diebian.scenes.services.applications import actions as applying
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.models import ItemVersion, State
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import FormInvalid, NotCityWide
from diebian.scenes.services.tests.people import NUMBERS, OWNER, WORD, a_county, who
from diebian.scenes.services.themes.models import Application
from diebian.security.identity.public import PLATFORM, department_keys, register_official

from .test_a_theme_runs import _theme, case_of, decide, page, track  # noqa: F401  the same theme

pytestmark = pytest.mark.django_db
HERE, THERE = "880101", "880121"
BODIES = {HERE: "11990100Y00000016T", THERE: "11990100Y00000024M"}
SENT = {"f1": "样例小店", "f3": "30", "statement": "on"}


@pytest.fixture(autouse=True)
def _counties(_theme: None) -> None:  # noqa: F811
    """In both the owner of A and C has a counterpart; C is done by the city itself as well."""
    for county, body in BODIES.items():
        a_county(county, body)
        register_official(username=f"window{county}", password=WORD, name="窗口", by=PLATFORM,
                          posts=["window_clerk"], department=body)  # fmt: skip
    say("A", levels=("县级",))
    say("C", levels=("市级", "县级"))


def say(code: str, **told: Any) -> None:
    facts = ItemVersion.objects.get(item__code=code, state=State.IN_FORCE).facts
    take_in([Wanted(code, replace(facts, **told), None)], department_keys())


def drafted() -> Application:
    return applying.begin(theme_code="OT1", members=["A", "C"], sent={}, by=who("applicant"))


def handed_in(**places: str) -> Application:
    made = drafted()
    applying.fill(number=made.number, sent=SENT | places, by=who("applicant"))
    applying.submit(number=made.number, by=who("applicant"))
    work_through()
    return made


def test_one_place_for_all_is_asked_once_and_each_case_goes_to_the_body_there() -> None:
    made = drafted()
    form = page(made, "form/").content.decode()
    assert form.count("样例县880101</option>") == 3  # for all, and each by itself
    faulty = page(made, "form/", **SENT)
    assert faulty.status_code == 422
    assert "请选在哪里办" in faulty.content.decode()
    assert page(made, "form/", **SENT, place=HERE)["Location"].endswith("/check/")
    check = page(made, "check/").content.decode()
    assert check.count("样例县局880101") == 4  # both, each with the reason
    page(made, "check/", go="1")
    work_through()
    case = case_of("A")
    assert (case.department.credit_code, case.county, case.place) == (BODIES[HERE], HERE, HERE)
    assert "属地办理" in case.competence
    assert "样例县局880101正在审核" in track(made)
    assert "样例县局880101办理" in track(made)  # C, whose turn has not come


def test_one_member_that_belongs_elsewhere_is_told_by_itself() -> None:
    made = drafted()
    with pytest.raises(FormInvalid) as fault:  # A is done in counties alone
        applying.fill(number=made.number, sent=SENT | {"place": "880100"}, by=who("applicant"))
    assert list(fault.value.fields) == ["place-A"]
    made = handed_in(**{"place": "880100", "place-A": THERE})
    assert case_of("A").department.credit_code == BODIES[THERE]
    made.refresh_from_db()
    assert made.places == {"A": THERE, "C": "880100"}


def at_window(county: str, place: str) -> Application:
    told = {"theme_code": "OT1", "id_number": NUMBERS["applicant"], "name": "样例applicant"}
    by = who(f"window{county}")
    made = applying.begin_at_window(**told, by=by)
    applying.choose(number=made.number, members=["A", "C"], sent={}, by=by)
    applying.fill(number=made.number, sent=SENT | {"place": place}, by=by)
    return applying.submit(number=made.number, by=by)


def test_a_window_takes_in_for_another_county_what_is_city_wide_and_stands_in_each_case() -> None:
    with pytest.raises(NotCityWide, match="样例A"):
        at_window(HERE, THERE)
    say("A", city_wide=True)
    say("C", city_wide=True)
    made = at_window(HERE, THERE)
    work_through()
    case = Case.objects.get(application=made)
    assert case.department.credit_code == BODIES[THERE]
    assert (case.reception.county, case.reception.clerk) == (HERE, f"window{HERE}")
    [forwarded] = case.events.filter(kind="forwarded")
    assert "样例县局880121当即收到" in forwarded.reason
    assert "样例县局880101的窗口收的" in page(made, "receipt/").content.decode()


def test_what_began_before_places_were_asked_goes_to_the_citys_body() -> None:
    made = handed_in(place=HERE)
    Application.objects.update(places={})
    Case.objects.update(department_id=department_keys()[OWNER])
    decide("A")
    assert case_of("C").department.credit_code == OWNER
    assert "正在审核" in track(made)
