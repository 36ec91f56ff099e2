"""Who may open which page of the wall, what stands there, and what does not."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from diebian.base.directory.public import counties
from diebian.brain.indicators.public import indicators
from diebian.brain.wall import selectors
from diebian.kernel import clock
from diebian.scenes.services.models import Case
from diebian.scenes.services.tests.people import who
from diebian.security.identity.public import Actor, Post
from tests.browsing import browser

from .day import DUTY, NOON, a_call, a_case, a_read

pytestmark = [pytest.mark.usefixtures("_busy_day"), pytest.mark.django_db]
ROLES = {
    "anonymous": (None, 401),
    "person": (Actor(name="人", kind="person", key="p"), 403),
    "reviewer": (Actor(name="审", key="r", posts=(Post.REVIEWER,)), 403),
    "head": (Actor(name="头", key="h", posts=(Post.DATA_HEAD, Post.APPLICANT)), 403),
    "duty of one region": (Actor(name="县", key="c", posts=(Post.DUTY,), region="219902"), 403),
    "duty": (DUTY, 200),
    "mayor": (Actor(name="长", key="m", posts=(Post.MAYOR,)), 200),
    "operator": (Actor(name="运", key="o", posts=(Post.OPERATOR,)), 200),
    "authority": (Actor(name="管", key="a", posts=(Post.AUTHORITY,)), 200),
}
FIGURES = [f"/brain/figures/{figure.slug}/" for figure in indicators]
SCRIPT = quote("<script>")
INJECTED = quote("' or 1=1 --")
HOSTILE = (
    "/brain/figures/none/",
    "/brain/figures/-/",
    "/brain/figures/cases-today/?county=999999",
    f"/brain/figures/cases-today/?county={INJECTED}",
    "/brain/figures/calls-today/?county=211202",  # a figure without counties
    "/brain/figures/cases-today/?page=0",
    "/brain/figures/cases-today/?page=2",
    "/brain/figures/cases-today/?page=-1",
    f"/brain/figures/cases-today/?page={'9' * 5000}",
    "/brain/figures/cases-today/?day=2026-02-31",
    "/brain/figures/cases-today/?day=2026-11-26",  # tomorrow
    "/brain/figures/waiting-upstream/?day=2026-11-24",  # of a past moment nothing is known
    "/brain/acts/none/1/",
    "/brain/acts/case/1/",
    "/brain/acts/call/0/",
    f"/brain/acts/call/{'9' * 400}/",
    "/brain/acts/call/-1/",
    f"/brain/?figure={SCRIPT}",
    "/brain/?figure=calls-today",  # not of the map
    "/figures/none/",
)


def page(path: str, actor: Actor | None = DUTY) -> str:
    answer = browser(actor).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_for_those_who_watch_and_for_nobody_else(role: str) -> None:
    actor, status = ROLES[role]
    client = browser(actor)
    acts = [
        f"/brain/acts/case/{Case.objects.all()[0].case_no}/",
        f"/brain/acts/call/{a_call(NOON).pk}/",
    ]
    for path in ("/brain/", *FIGURES, *acts):
        assert client.get(path).status_code == status, path
        assert client.post(path).status_code in {403, 405}, path


def test_watchers_within_a_second_share_one_reading(settings: Settings) -> None:
    settings.FIGURES_SHARED_SECONDS = 1
    watcher, other = browser(DUTY), browser(DUTY)
    with clock.held_at(NOON + timedelta(minutes=1)):
        alone = reads(watcher, "/brain/")
        before = selectors.reading()
        a_case(NOON)
        assert reads(other, "/brain/") < alone / 2
        assert selectors.reading() is before
    with clock.held_at(NOON + timedelta(minutes=1, seconds=2)):
        assert selectors.reading() is not before


def test_a_public_figure_needs_no_sign_in_and_shows_no_case() -> None:
    numbers = list(Case.objects.values_list("case_no", flat=True))
    for figure in indicators:
        answer = browser().get(f"/figures/{figure.slug}/")
        assert answer.status_code == (200 if figure.is_public else 404)
        assert not any(number in answer.content.decode() for number in numbers)


@pytest.mark.parametrize("path", HOSTILE)
def test_an_address_that_is_none_is_not_found(path: str) -> None:
    assert browser(DUTY).get(path).status_code == 404


def test_no_page_shows_a_person() -> None:
    case = a_case(NOON, county=0)
    a_read(case)
    told = "".join(map(page, ("/brain/", *FIGURES, f"/brain/acts/case/{case.case_no}/")))
    people = {DUTY.name, "读数据的李四", *(who(name).name for name in ("applicant", "reviewer"))}
    assert not [name for name in people if name in told]


def test_from_the_number_to_its_source_in_three_taps() -> None:
    a_read(a_case(NOON + timedelta(seconds=1), county=0))
    receipt = re.search(r'class="rc" href="(/brain/figures/cases-today/)"', page("/brain/"))
    assert receipt
    row = re.search(r'href="(/brain/acts/case/\d+/)"', page(receipt[1]))
    assert row
    act = page(row[1])
    for word in ("收件", "受理", "查询房屋查询", "用于样例用途，查到", "11 月 25 日 12:00:01"):
        assert word in act


def test_a_call_opens_into_its_line_in_the_log_in_city_time() -> None:
    call = a_call(NOON, status=429, milliseconds=31)
    assert "11-25 12:00:00" in page("/brain/figures/calls-today/")
    told = page(f"/brain/acts/call/{call.pk}/")
    for word in (
        "2026-11-25 12:00:00.000",
        "超过授权额度（429）",
        "31 毫秒",
        "envoy-1",
        f"第 {call.offset} 字节起",
    ):
        assert word in told


def test_all_rows_are_there_a_page_at_a_time() -> None:
    for second in range(113):
        a_call(NOON - timedelta(seconds=second))
    first, last = page("/brain/figures/calls-today/"), page("/brain/figures/calls-today/?page=3")
    assert "共 120 行" in first
    assert (first.count("/brain/acts/call/"), last.count("/brain/acts/call/")) == (50, 20)
    assert browser(DUTY).get("/brain/figures/calls-today/?page=4").status_code == 404


def test_a_county_opens_into_its_own_rows() -> None:
    county, other = list(counties())[:2]
    mine, theirs = (Case.objects.filter(county=code, received_at__gte=NOON - timedelta(hours=9))
                    for code in (county, other))  # fmt: skip
    told = page(f"/brain/figures/cases-today/?county={county}")
    assert all(case.case_no in told for case in mine)
    assert not any(case.case_no in told for case in theirs)
    assert f"cases-today/?county={county}" in page("/brain/")


def test_the_map_shows_the_figure_that_is_asked_for() -> None:
    county = next(iter(counties()))
    assert f"/brain/figures/licences/?county={county}" in page("/brain/?figure=licences")


def test_yesterday_stands_beside_today_and_opens_too() -> None:
    assert "昨天全天 1<" in page("/brain/")
    told = page("/brain/figures/cases-today/?day=2026-11-24")
    assert "今日办件：1 件" in told
    assert 'data-value="1"' in told  # what the demo reads


def test_the_boundaries_are_said_to_be_a_sketch() -> None:
    assert "示意图，不作划界依据" in page("/brain/")


def test_the_first_matter_is_the_one_that_needs_somebody_now() -> None:
    late = a_case(NOON - timedelta(days=60), county=0)
    told = page("/brain/")
    assert "最急的一件" in told
    assert f"/brain/acts/case/{late.case_no}/" in told


def reads(client: Client, path: str) -> int:
    """Queries of the page itself; the session's own are counted elsewhere."""
    with CaptureQueriesContext(connection) as told:
        client.get(path)
    own = [one for one in told if "django_session" not in one["sql"]]
    return sum("SAVEPOINT" not in one["sql"] for one in own)


@pytest.mark.parametrize("path", ["/brain/", *FIGURES])
def test_ten_times_the_rows_take_the_same_queries(path: str) -> None:
    client = browser(DUTY)
    few = reads(client, path)
    for place in range(20):
        a_case(NOON, county=place % 3)
        a_call(NOON)
    assert reads(client, path) == few
    assert few < 40
