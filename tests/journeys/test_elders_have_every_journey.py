"""适老化: what a citizen can do on a page, an elder can do there in 长辈版, hear it, and do without
a phone. Journey by journey, page by page; how it looks is for the browser's tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from pytest_django import DjangoDbBlocker

from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.tests import people
from tests.architecture.addresses import addresses
from tests.architecture.world import World, alone_in
from tests.browser.beforehand import shown
from tests.browser.chromium import chromium
from tests.browser.looks import Looks, Screen, as_for_an_elder
from tests.browser.places import NO_PAGES

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
SWITCH = "/elder/"  # leads to the other mode: the one thing that differs
# What tells somebody without a phone or a computer how the same is done.
WITHOUT = re.compile(r'href="tel:|窗口|打电话')
# They stand in the hall, where people help; the screen reads out whoever is called.
IN_THE_HALL = {"halls:screen", "halls:machine", "halls:slip"}
WORKING_HOUR = datetime(2026, 11, 30, 10, tzinfo=clock.CITY_TIME)


@dataclass(frozen=True)
class Step:
    name: str  # of the address
    who: str = "owner"
    query: str = ""
    about: dict[str, str] = field(default_factory=dict)  # parts of the address, as World calls them


def anybody(name: str, query: str = "") -> Step:
    return Step(name, "anonymous", query)


SUPPLEMENT, DECIDED = {"case_no": "supplement_no"}, {"case_no": "decided_no"}
JOURNEYS = {
    "find": [anybody("home:home"), Step("home:home"), anybody("home:search", "?q=样例"),
             anybody("home:search", "?q=月亮"), anybody("home:help")],
    "guide": [anybody("services:guide"), Step("services:guide"), anybody("services:versions"),
              anybody("services:charges")],
    "sign in": [anybody("accounts:login"), Step("accounts:account")],
    "apply": [Step("services:papers"), Step("services:form"), Step("services:check"),
              Step("services:receipt")],
    "supplement": [Step("services:track", about=SUPPLEMENT)],
    "track": [Step("services:track"), Step("services:mine"), Step("services:way"),
              Step("services:reads"), Step("services:doubt"), Step("messages:notices")],
    "rate": [Step("services:track", about=DECIDED), anybody("services:rate-code"),
             anybody("services:rate-slip")],
    "papers": [Step("papers:mine")],
    "mandates": [Step("mandates:mine"), Step("mandates:give"), Step("mandates:ask"),
                 Step("mandates:mandate"), Step("mandates:sheet"), Step("mandates:company-give"),
                 anybody("mandates:paper")],
    "appointment": [anybody("halls:halls"), Step("halls:hall"), anybody("halls:hall"),
                    Step("halls:book"), anybody("halls:book"), Step("halls:mine"),
                    Step("halls:booking"), Step("halls:ticket")],
    "number": [anybody("halls:machine"), anybody("halls:slip"), anybody("halls:screen")],
    "home visit": [Step("halls:visit-ask"), Step("halls:visit")],
    "theme": [anybody("services:themes"), anybody("services:theme"), Step("services:theme"),
              Step("services:theme-choose"), Step("services:theme-form"),
              Step("services:theme-papers"), Step("services:theme-check"),
              Step("services:theme-receipt"), Step("services:theme-track")],
    "city-wide": [anybody("services:city-wide"), anybody("services:city-wide-item")],
    "pay": [Step("services:fee"), Step("services:fee-receipt")],
    "licences": [Step("licences:mine")],
    "who did what": [anybody("services:face"), anybody("services:face-item"),
                     anybody("services:ratings"), anybody("services:charges-all")],
}  # fmt: skip
# What officials have in hand, that the browser's own tests do not reach either.
AT_THE_DESK = [
    Step("services:sheet", "window_clerk"), Step("services:received-case", "window_clerk"),
    Step("services:rating-order", "department_head"), Step("services:system", "data_manager"),
    Step("supervision:task", "department_head"), Step("supervision:sheet", "department_head"),
    anybody("services:ratings-of"), anybody("services:face-department"),
]  # fmt: skip
GOES_BACK_BY_ITSELF = "meta-refresh"  # the slip on a machine: the next person finds it free
STEPS = [(journey, step) for journey, steps in JOURNEYS.items() for step in steps]


class Offered(HTMLParser):
    """What can be done on a page: links, forms with where they go, and what they ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.offered = list[tuple[str, ...]]()
        self._is_switch = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        goal = told.get("href", "") or told.get("action", "")
        if tag == "form":
            self._is_switch = goal == SWITCH
        if self._is_switch or goal.startswith(SWITCH) or told.get("name") == "csrfmiddlewaretoken":
            return
        if tag in {"a", "form", "button", "input", "select", "option", "textarea", "summary"}:
            kept = ("href", "action", "method", "name", "value", "type", "hidden", "disabled")
            self.offered.append((tag, *(f"{one}={told[one]}" for one in kept if one in told)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_switch = False


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,  # noqa: ARG001
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    with django_db_blocker.unblock(), alone_in(tmp_path_factory.mktemp("world")):
        apps.get_model("directory", "City").objects.create(
            code="880100", name="样例市", short_name="样例", hotline="12345", lead=people.OWNER
        )
        made = World()
        reviewer = people.who("reviewer")
        asked, decided = people.under_review().case_no, people.under_review().case_no
        actions.ask_supplement(case_no=asked, wanted="样例", by=reviewer)
        actions.approve(case_no=decided, by=reviewer)
        draft = people.filled(people.a_draft()).case_no  # hers became the case that is asked about
        made.arguments |= {"supplement_no": asked, "decided_no": decided, "draft_no": draft}
        yield made


def read(world: World, step: Step, *, elder: bool) -> str:
    told = world.arguments_of(step.name)
    told |= {part: world.arguments[one] for part, one in step.about.items()}
    client = world.client(step.who)
    client.cookies["elder"] = "1" if elder else "0"
    answer = client.get(addresses()[step.name].filled(told) + step.query)
    assert answer.status_code == 200, f"{answer.status_code} {answer.headers.get('Location')}"
    return answer.content.decode()


@pytest.mark.parametrize(
    ("journey", "step"), STEPS, ids=[f"{j}: {s.name} {s.who}{s.query}" for j, s in STEPS]
)
def test_an_elder_is_offered_all_of_a_page_and_the_way_without_a_phone(
    world: World, journey: str, step: Step
) -> None:
    page, large = (read(world, step, elder=elder) for elder in (False, True))
    assert "data-elder" in large.split(">", 2)[1], "not in large print"
    assert Offered(large).offered == Offered(page).offered, journey
    if step.name not in IN_THE_HALL:
        assert "data-aloud" in large, "cannot be heard"
        [_, main] = re.split(r"<main[^>]*>", large)
        assert WITHOUT.search(main.split("</main>")[0]), "says no way without a phone"


def test_what_a_journey_is_made_for_can_be_done(world: World) -> None:
    """Equal pages without any deed would be equal, too."""
    for name in ("papers", "form", "check", "theme-form", "theme-check"):
        offered = Offered(read(world, Step(f"services:{name}"), elder=True)).offered
        assert any("method=post" in one for one in offered), name
    asked = Offered(read(world, *JOURNEYS["supplement"], elder=True)).offered
    assert any(part.endswith("/supplement") for one in asked for part in one)
    rated = Offered(read(world, JOURNEYS["rate"][0], elder=True)).offered
    assert any("name=grade" in one for one in rated)


def test_nothing_but_the_frame_knows_the_mode() -> None:
    """What a button does, it does the same for everybody: no action can ask who reads large."""
    asking = {
        file.name
        for file in (ROOT / "src/diebian/portal").rglob("*.py")
        if "tests" not in file.parts and re.search(r"\bis_elder\(", file.read_text())
    }
    assert asking == {"frame.py"}


def test_what_no_sample_city_has_is_looked_at_on_a_phone_and_in_elder_mode(
    world: World, tmp_path: Path
) -> None:
    """The pages that the browser's own tests do not reach, answered first and shown afterwards."""
    unseen = {step.name: step for _, step in STEPS if step.name in NO_PAGES}
    faults, answers = list[str](), dict[str, Any]()
    for step in (*unseen.values(), *AT_THE_DESK):
        path, answer = answered(world, step)
        if answer.status_code == 200:
            answers[path] = answer
        else:
            faults.append(f"{step.name}: {answer.status_code}")
    looks = Looks()
    with chromium(tmp_path) as browser:
        visitor = shown(browser, answers, width=390)
        for path in answers:
            visitor.page.goto(path)
            found = looks.look(visitor.page, [Screen(False, 390)])
            as_for_an_elder(visitor.page)
            found += looks.look(visitor.page, [Screen(True, 390)])
            found += visitor.complaints
            faults += [f"{path}: {one}" for one in found if GOES_BACK_BY_ITSELF not in one]
            visitor.complaints.clear()
    assert faults == []


def answered(world: World, step: Step) -> tuple[str, Any]:
    """At an hour when the hall is open, where that makes the page."""
    told = world.arguments_of(step.name)
    told |= {part: world.arguments[one] for part, one in step.about.items()}
    path = addresses()[step.name].filled(told)
    if step.name not in IN_THE_HALL:
        return path, world.client(step.who).get(path)
    with clock.held_at(WORKING_HOUR):
        return path, world.client(step.who).get(path)
