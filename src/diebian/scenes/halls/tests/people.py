"""A hall with three windows, people and clerks, made by the real actions and the real loading."""

import csv
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from diebian.base.directory.public import load_working_days
from diebian.kernel import clock
from diebian.scenes.halls.places.actions import sit
from diebian.scenes.halls.places.loading import load_halls
from diebian.scenes.halls.places.models import Hall
from diebian.scenes.halls.queue import taking
from diebian.scenes.halls.queue.models import Ticket
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    actor_by_username,
    register_department,
    register_official,
    register_person,
)
from diebian.standards.profile import CityProfile

ROOT = Path(__file__).parents[5]
OWNER, WORD = "91110000600037341L", "样例口令一二三"
YOUNG, OLD = "219902198803120029", "11010519491231002X"
CALLER = "219902199008170013"  # has no account
RULES = {
    "slot_minutes": 30,
    "places": 2,
    "days_ahead": 5,
    "grace_minutes": 15,
    "head_start_minutes": 30,
    "visits_a_day": 3,
    "source": "样例约定",
}
KINDS = [
    {"code": "general", "name": "综合业务", "letter": "A"},
    {"code": "elder", "name": "老年人专窗", "letter": "L", "for_elders": True},
    {"code": "talent", "name": "人才专窗", "letter": "R"},
]
HALL = {
    "code": "H1",
    "name": "样例大厅",
    "kind": "hall",
    "organisation": "X1",
    "address": "样例路 1 号",
    "phone": "12345",
    "hours": ["08:30-11:30", "13:00-16:30"],
    "windows": [
        {"number": 1, "kinds": ["elder", "general"]},
        {"number": 2, "kinds": ["general"]},
        {"number": 3, "kinds": ["talent"]},
    ],
}
COUNTY_HALL = HALL | {"code": "H2", "name": "样例县大厅", "county": "880101"}


def folder(**changes: Any) -> CityProfile:
    """As much of a city's folder as the loading reads."""
    told = {"rules": RULES, "kinds": KINDS, "halls": [HALL, COUNTY_HALL]} | changes
    stands_in = SimpleNamespace(
        organisations=[{"code": "X1", "uscc": OWNER}], document=lambda _: told
    )
    return cast(CityProfile, stands_in)


def set_the_scene() -> None:
    register_department(credit_code=OWNER, name="样例部门", by=PLATFORM)
    for username, number in (("young", YOUNG), ("old", OLD)):
        register_person(
            username=username,
            password=WORD,
            name=f"样例{username}",
            id_number=number,
            phone="13800000000",
            by=PLATFORM,
        )
    for username, region in (("clerk", ""), ("colleague", ""), ("county_clerk", "880101")):
        register_official(
            username=username,
            password=WORD,
            name=username,
            department=OWNER,
            posts=[Post.WINDOW],
            region=region,
            by=PLATFORM,
        )
    load_halls(folder(), PLATFORM, False)
    [notice, *_] = sorted(ROOT.glob("cities/*/holidays_2026.csv"))
    with notice.open(newline="") as file:
        load_working_days(rows=list(csv.DictReader(file)), by=PLATFORM)


def who(username: str) -> Actor:
    return actor_by_username(username)


def the_hall() -> Hall:
    return Hall.objects.get(code="H1")


def at(clock_time: str, day: str = "2026-11-25") -> AbstractContextManager[None]:
    """A Wednesday, where no day is named."""
    moment = datetime.fromisoformat(f"{day}T{clock_time}:00").replace(tzinfo=clock.CITY_TIME)
    return clock.held_at(moment)


def a_number(kind: str = "general", id_number: str = "") -> Ticket:
    hall = the_hall()
    return taking.take_at_machine(
        hall=hall, kind=kind, id_number=id_number, by=taking.machine_of(hall)
    )


def seated(username: str = "clerk", number: int = 1) -> Actor:
    by = who(username)
    sit(hall_code="H1", number=number, by=by)
    return by
