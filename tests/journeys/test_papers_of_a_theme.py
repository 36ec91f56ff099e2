"""What only the person has is handed in once for all members; each department gets its own."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from diebian.base.messages.public import unread
from diebian.base.process.work.carrying import work_through
from diebian.kernel import clock
from diebian.scenes.services.applications import actions as applying
from diebian.scenes.services.handing.reminding import remind_of_promises
from diebian.scenes.services.items.facts import Demand, ItemFacts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.models import ItemVersion, State
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import PapersMissing, PromiseOutstanding
from diebian.scenes.services.tests.people import OTHER, OWNER, a_licence_type, who
from diebian.scenes.services.themes.actions import compile_themes
from diebian.scenes.services.themes.models import Application, Theme
from diebian.security.identity.public import PLATFORM, department_keys
from tests.browsing import browser

from .test_a_theme_runs import (
    _theme,  # noqa: F401  the same theme
    case_of,
    decide,
)

pytestmark = pytest.mark.django_db
LEASE = "DOC:LEASE"


@pytest.fixture(autouse=True)
def _papers(_theme: None, settings: Settings, tmp_path: Path) -> None:  # noqa: F811
    """A and B want the lease; A gives the licence that B wants."""
    settings.DIEBIAN_DATA = tmp_path
    a_licence_type("样例证", OWNER)
    rows = [("LEASE", "租赁合同", Kind.DOC, ""), ("PERMIT", "样例证", Kind.LICENCE, "L1")]
    for code, name, kind, licence in rows:
        told = {"identity": f"{kind}:{licence or code}", "licence_type": licence}
        Material.objects.create(code=code, name=name, kind=kind, **told)
    wanting = {
        "A": ItemFacts("样例A", "公共服务", OWNER, promised_days=3, objects=("自然人",),
                       materials=(Demand("LEASE"),), result="样例证"),
        "B": ItemFacts("样例B", "公共服务", OTHER, promised_days=3, objects=("自然人",),
                       materials=(Demand("LEASE"), Demand("PERMIT"))),
    }  # fmt: skip
    take_in([Wanted(code, facts, None) for code, facts in wanting.items()], department_keys())


def may_follow(**days: int) -> None:
    """How many working days each member lets the lease follow."""
    for code, later in days.items():
        facts = ItemVersion.objects.get(item__code=code, state=State.IN_FORCE).facts
        papers = tuple(
            replace(one, later=later if one.material == "LEASE" else 0) for one in facts.materials
        )
        take_in([Wanted(code, replace(facts, materials=papers), None)], department_keys())


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return SimpleUploadedFile("合同.png", out.getvalue(), "image/png")


def stated() -> Application:
    by = who("applicant")
    made = applying.begin(theme_code="OT1", members=["A", "B"], sent={}, by=by)
    applying.fill(number=made.number, sent={"statement": "on"}, by=by)
    return made


def sent(of: Application, **told: Any) -> int:
    address = f"/together/{of.number}/papers/"
    return browser(who("applicant")).post(address, {"material": LEASE, **told}).status_code


def test_one_picture_goes_to_each_department_that_wants_it_and_what_a_member_gives_to_none() -> (
    None
):
    made, by = stated(), who("applicant")
    page = browser(by).get(f"/together/{made.number}/papers/").content.decode()
    assert "还有 1 份材料要您交" in page
    with pytest.raises(PapersMissing):
        applying.submit(number=made.number, by=by)
    assert sent(made, verb="give") == 422
    assert sent(made, verb="give", file=picture(), agreed="on") == 302
    applying.submit(number=made.number, by=by)
    work_through()
    decide("A")
    told = {one.item.code: [row.material for row in one.handed.all()]
            for one in Case.objects.select_related("item")}  # fmt: skip
    assert told == {"A": ["LEASE"], "B": ["LEASE"]}
    permit = journey_for(case_of("B")).materials[-1]
    assert (permit.answered_by, permit.says) == ("held", "样例A办好后直接转来")
    assert apps.get_model("papers", "Paper")._default_manager.get().uses.count() == 3


def test_what_was_given_before_is_offered_and_a_draft_thrown_away_takes_its_papers_along() -> None:
    first, by = stated(), who("applicant")
    papers = apps.get_model("papers", "Paper")._default_manager
    sent(first, verb="give", file=picture(), agreed="on")
    applying.discard(number=first.number, by=by)
    again = stated()
    assert (
        "您以前交过，同意再用的"
        in browser(by).get(f"/together/{again.number}/papers/").content.decode()
    )
    assert sent(again, verb="again", paper=str(papers.get().public_id)) == 302
    [row] = again.papers.all()
    assert sent(again, verb="out", handed=str(row.pk)) == 302
    assert sent(again, verb="nothing") == 404
    sent(again, verb="give", file=picture())
    applying.discard(number=again.number, by=by)
    assert papers.count() == 1


def test_a_paper_is_promised_once_stands_in_each_case_and_comes_once_for_all() -> None:
    may_follow(A=10, B=5)
    made, by = stated(), who("applicant")
    late, day = clock.today() + timedelta(days=60), clock.today() + timedelta(days=3)
    assert sent(made, verb="later", until=str(late)) == 422
    assert sent(made, verb="later", until=str(day)) == 302
    client = browser(by)
    check = client.get(f"/together/{made.number}/check/").content.decode()
    assert f"{day.month} 月 {day.day} 日前补交" in check
    applying.submit(number=made.number, by=by)
    assert any("您还要补交" in one.body for one in unread(by.key))
    work_through()
    with pytest.raises(PromiseOutstanding):
        decide("A")
    assert "现在补交，只交一次" in client.get(f"/together/{made.number}/").content.decode()
    with clock.held_at(clock.now() + timedelta(days=3)):
        assert remind_of_promises(by=PLATFORM) == 1
    assert sent(made, verb="give", file=picture()) == 302
    assert case_of("A").events.filter(kind="promise_kept").count() == 1
    decide("A")
    assert [one.material for one in case_of("B").handed.all()] == ["LEASE"]
    assert not case_of("B").promises.exists()
    assert sent(made, verb="later", until=str(day)) == 409


def test_what_one_member_wants_at_once_does_not_follow() -> None:
    may_follow(A=10)
    made = stated()
    assert sent(made, verb="later", until=str(clock.today())) == 409
    page = browser(who("applicant")).get(f"/together/{made.number}/papers/").content.decode()
    assert "到时补交" not in page


def test_a_promise_falls_with_a_member_that_is_chosen_afterwards_and_wants_it_at_once() -> None:
    may_follow(A=10)
    by = who("applicant")
    made = applying.begin(theme_code="OT1", members=["A"], sent={}, by=by)
    applying.fill(number=made.number, sent={"statement": "on"}, by=by)
    assert sent(made, verb="later", until=str(clock.today())) == 302
    applying.choose(number=made.number, members=["A", "B"], sent={}, by=by)
    applying.fill(number=made.number, sent={"statement": "on"}, by=by)
    with pytest.raises(PapersMissing):
        applying.submit(number=made.number, by=by)


def test_a_case_that_opens_later_has_the_promise_too_and_the_person_is_told_once() -> None:
    may_follow(A=10, B=10)
    Theme.objects.update(places=[{"code": one, "after": []} for one in "ABCD"])
    compile_themes(by=PLATFORM)
    made, by = stated(), who("applicant")
    sent(made, verb="later", until=str(clock.today()))
    sent(made, verb="give", material=f"{Kind.LICENCE}:L1", file=picture())  # A is not before B
    applying.submit(number=made.number, by=by)
    work_through()
    assert {one.item.code for one in Case.objects.all() if one.promises.exists()} == {"A", "B"}
    before = unread(by.key).count()
    with clock.held_at(clock.now() + timedelta(days=1)):
        assert remind_of_promises(by=PLATFORM) == 2
    assert unread(by.key).count() == before + 1
    sent(made, verb="give", file=picture())
    decide("A")
    decide("B")
