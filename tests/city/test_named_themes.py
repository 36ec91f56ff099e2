"""The themes that the city names, in its own folder: each from one application to its end.

Departments are answered for as if they had been asked: that they are is seen on the platform.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from diebian.base.directory.public import load_city
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from diebian.scenes.services import actions
from diebian.scenes.services.actions.placing import PLACE
from diebian.scenes.services.applications import actions as applications
from diebian.scenes.services.applications.filling import lines_of
from diebian.scenes.services.applications.members import members_of
from diebian.scenes.services.applications.papers import wanted_of
from diebian.scenes.services.applications.places import asked_of
from diebian.scenes.services.carrying.following import deploy_standard
from diebian.scenes.services.journey import FormField, journey_for
from diebian.scenes.services.models import Case, Fetched, State
from diebian.scenes.services.themes.guides import guide_at
from diebian.scenes.services.themes.models import Application, Theme
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    actor_by_username,
    register_person,
)
from diebian.standards.profile import load

from .packs import WHOLE

pytestmark = pytest.mark.django_db
NAMED = {
    "新生儿": "OT001", "退休": "OT002", "身后事": "OT004", "失业登记": "OT005", "就业": "OT006",
    "异地就医备案": "OT008", "公积金提取": "OT010", "公积金贷款购房": "OT012", "开餐饮店": "OT015",
    "开餐饮店（个体）": "OT016", "便利店": "OT017",
}  # fmt: skip
SAMPLES = {
    "money": "100", "count": "3", "date": "2026-05-01", "phone": "13800000000",
    "id_number": "11010519491231002X",
}  # fmt: skip


def test_each_runs_to_its_end_with_a_case_for_every_member(
    settings: Settings, tmp_path: Path
) -> None:
    settings.DIEBIAN_DATA = tmp_path
    load_city(profile=load(WHOLE), by=PLATFORM)
    deploy_standard()
    register_person(username="li", password="样例口令一二三", name="样例", phone="13800000000",
                    id_number="11010519491231002X", by=PLATFORM)  # fmt: skip
    for name, code in NAMED.items():
        made = handed_in(code, actor_by_username("li"))
        for case in turns(made):
            accepted(case)
            actions.approve(case_no=case.case_no, by=reviewer(case))
        made.refresh_from_db()
        assert made.state == "all_done", name
        assert made.cases.count() == len(made.members), name


def handed_in(code: str, by: Actor) -> Application:
    """The first choice of every question, all members."""
    members = [one["code"] for one in Theme.objects.get(code=code).places]
    sent: dict[str, str] = {}
    made = applications.begin(theme_code=code, members=members, sent=sent, by=by)
    while asked := [one for one in guide_at(made.version, sent, members).asked if not one.answer]:
        sent |= {one.situation.slug: one.situation.choices[0] for one in asked}
    made = applications.choose(number=made.number, members=members, sent=sent, by=by)
    taken = members_of(made)
    lines = lines_of(made.version.compiled, taken)
    filled = {one.own.name: sample(one.own) for one in lines}
    filled[PLACE] = next(iter(asked_of(taken, {}, {}).places), "")  # a county decides what it can
    applications.fill(number=made.number, sent=filled | {"statement": "on"}, by=by)
    for one in wanted_of(made):
        applications.hand_in(
            number=made.number, material=one.key, name="样例.png", content=picture(), by=by
        )
    applications.say_true_will(number=made.number, by=by)  # she is old enough to be asked
    return applications.submit(number=made.number, by=by)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def turns(of: Application) -> Iterator[Case]:
    """Each case when its turn has come, until none is left."""
    while True:
        work_through()
        rows = of.cases.filter(state__in=[State.RECEIVED, State.UNDER_REVIEW])
        case = rows.select_related("department", "version__item").order_by("pk").first()
        if case is None:
            return
        yield case


def accepted(case: Case) -> None:
    told = {"title": "样例", "rows": [], "at": clock.now()}
    for ask in journey_for(case).asks:
        Fetched.objects.create(case=case, resource=ask, call_id=ask, **told)
    actions.ask_departments(case_no=case.case_no, by=PLATFORM)


def reviewer(case: Case) -> Actor:
    owner = case.department.credit_code
    return Actor("样例审核员", owner, key="reviewer", posts=(Post.REVIEWER,))


def sample(of: FormField) -> str:
    return SAMPLES.get(of.kind, "1" * of.length if of.kind == "digits" else "样例")
