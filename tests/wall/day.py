"""A day of a city: cases by real actions, calls as the meter writes them, in its counties."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from diebian.base.directory.public import counties, load_city
from diebian.base.exchange.public import Call
from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.models import Case
from diebian.scenes.services.ratings.actions import rate
from diebian.scenes.services.receptions.models import Reception
from diebian.scenes.services.tests.people import (
    OWNER,
    a_draft,
    answered,
    filled,
    set_the_scene,
    submitted,
    who,
)
from diebian.scenes.supervision import actions as tasks
from diebian.security.identity.public import PLATFORM, Actor, Post
from diebian.security.tracker.models import Read
from diebian.standards.profile import load

CITIES = Path(__file__).parents[2] / "cities"
NOON = datetime(2026, 11, 25, 4, tzinfo=UTC)  # Wednesday, 12:00 in the city
YESTERDAY, LONG_AGO = NOON - timedelta(days=1), datetime(2026, 11, 2, 2, tzinfo=UTC)
WHY = actions.Overrun("volume", "样例")  # asked for where it is late
DUTY = Actor(name="值班的张三", key="duty", posts=(Post.DUTY,))


def set_the_city() -> None:
    load_city(profile=load(sorted(CITIES.iterdir())[0]), by=PLATFORM)
    set_the_scene()


def a_case(at: datetime, *, county: int | None = None) -> Case:
    """Received at a moment; with a county (by place in the list) it is under review too."""
    with clock.held_at(at):
        case = filled(a_draft())
        if county is not None:
            answered(case, house={"where": f"{list(counties())[county]}001"})
        return submitted(case)


def approved(case: Case, at: datetime) -> Case:
    with clock.held_at(at):
        actions.approve(case_no=case.case_no, overrun=WHY, by=who("reviewer"))
    return case


def a_busy_day() -> None:
    set_the_city()
    first, *_ = [a_case(NOON - timedelta(hours=place), county=place) for place in range(3)]
    received_elsewhere(first)
    a_case(NOON)
    a_case(YESTERDAY, county=1)
    approved(a_case(LONG_AGO, county=0), LONG_AGO + timedelta(days=1))
    decided = approved(a_case(LONG_AGO, county=0), NOON)  # promised within ten working days
    with clock.held_at(NOON):
        rate(case_no=decided.case_no, grade=2, by=who("applicant"))
    approved(a_case(LONG_AGO - timedelta(days=9), county=2), LONG_AGO)
    a_case(NOON)  # like the other without a county: no department has answered
    a_case(LONG_AGO - timedelta(days=14), county=2)  # past the law by now: a red card
    a_case(LONG_AGO + timedelta(days=9), county=2)  # near the promise: a yellow one
    an_overdue_task()
    for minutes in range(6):
        a_call(NOON - timedelta(minutes=minutes), milliseconds=10 * minutes)
    a_call(NOON, status=403)
    a_call(YESTERDAY, status=429)


def received_elsewhere(case: Case) -> None:
    """At the window of another county than the one where it belongs."""
    Reception.objects.create(case=case, department_id=case.department_id, clerk="clerk",
                             clerk_name="clerk", county=list(counties())[1], at=NOON)  # fmt: skip


def an_overdue_task() -> None:
    with clock.held_at(LONG_AGO):
        supervisor = who("supervisor")
        told = {"title": "样例", "wanted": "样例", "origin": "plan", "origin_says": ""}
        task = tasks.raise_task(**told, by=supervisor)
        tasks.register(public_id=task.public_id, by=supervisor)
        due = LONG_AGO.date() + timedelta(days=1)
        tasks.assign(public_id=task.public_id, lead=OWNER, due=due, by=supervisor)


def a_call(at: datetime, *, status: int = 200, milliseconds: int = 12) -> Call:
    place = Call.objects.count()
    return Call.objects.create(
        instance="envoy-1",
        inode=7,
        offset=place * 200,
        at=at,
        request_id=f"request-{place}",
        route="house",
        system="sample",
        status=status,
        milliseconds=milliseconds,
    )


def a_read(case: Case) -> None:
    """As the read path writes it."""
    Read.objects.create(
        request_id=f"read-{case.case_no}",
        at=NOON,
        subject="blind",
        reader_system="sample",
        reader_person="读数据的李四",
        department="91110000600037341L",
        purpose="样例用途",
        case_no=case.case_no,
        resource="房屋查询",
        columns="address",
        outcome="found",
    )
