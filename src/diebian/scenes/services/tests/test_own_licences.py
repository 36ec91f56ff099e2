"""“Held as licence” is the applicant's own licence, in force on the day on which it is used."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from diebian.base.licences.public import NotUsable
from diebian.kernel import clock
from diebian.scenes.services import actions, refusals
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.models import State
from diebian.security.tracker.public import reads_in
from tests.laid import laid_once

from .people import who
from .test_any_item import an_item, begun, submitted
from .test_pages import browser

laid_here = laid_once(an_item)


def rows(model: str) -> Any:
    return apps.get_model("licences", model)._default_manager


def altered(**told: object) -> None:
    rows("Held").update(**told)


def test_the_application_says_which_licence_answers_with_number_and_last_day() -> None:
    altered(number="样例证第20260001号", valid_until=clock.today() + timedelta(days=400))
    case = begun(房="没有")
    assert journey_for(case).demanded == []
    page = browser("applicant").get(f"/cases/{case.case_no}/form/").content.decode()
    assert "已有：居民身份证，编号 样例证第*****001号" in page
    assert "有效至" in page


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"holder_number": "219902198803120029"}, "没有查到您的电子证照"),
        ({"valid_until": clock.today() - timedelta(days=1)}, "已过期"),
        ({"state": "suspended"}, "已暂扣"),
        ({"doubt": "absent"}, "待核实"),
    ],
)
def test_who_has_none_that_is_good_is_told_so_and_asked(
    facts: dict[str, object], says: str
) -> None:
    altered(**facts)
    case = begun(房="没有")
    [wanted] = journey_for(case).demanded
    assert says in wanted.says
    page = browser("applicant").get(f"/cases/{case.case_no}/papers/").content.decode()
    assert says in page
    with pytest.raises(refusals.PapersMissing):
        submitted(case, 人数="1")


def test_the_reviewer_opens_a_copy_for_the_case_and_the_person_sees_it() -> None:
    case = submitted(begun(房="没有"), 人数="1")
    reviewer = browser("reviewer")
    assert "现在：有效" in reviewer.get(f"/desk/cases/{case.case_no}/").content.decode()
    where = f"/desk/cases/{case.case_no}/licences/CARD/"
    opened = reviewer.get(reviewer.post(where)["Location"])
    assert opened.content.startswith(b"%PDF")
    made = rows("Copy").get()
    assert (made.case_no, made.for_whom) == (case.case_no, case.department.name)
    told = [one.columns for one in reads_in(case_no=case.case_no)]
    assert told.count(["电子证照加注件"]) == 1
    page = browser("applicant").get(f"/licences/held/{rows('Held').get().pk}/").content.decode()
    assert case.case_no in page
    assert browser("outsider").post(where).status_code == 403
    assert reviewer.post(where.replace("CARD", "FORM")).status_code == 404


def test_a_licence_that_was_revoked_meanwhile_is_not_shown_as_good() -> None:
    case = submitted(begun(房="没有"), 人数="1")
    altered(state="revoked")
    with pytest.raises(NotUsable, match="已吊销"):
        actions.open_licence(case_no=case.case_no, material="CARD", by=who("reviewer"))
    page = browser("reviewer").get(f"/desk/cases/{case.case_no}/").content.decode()
    assert "现在：已吊销或撤销" in page


def test_what_she_has_is_not_demanded_and_what_she_has_not_may_be() -> None:
    case = submitted(begun(房="没有"), 人数="1")
    told = {"case_no": case.case_no, "wanted": "", "materials": ["CARD"], "by": who("reviewer")}
    with pytest.raises(refusals.HeldAlready, match="已有：居民身份证"):
        actions.ask_supplement(**told)  # type: ignore[arg-type]
    altered(state="revoked")
    actions.ask_supplement(**told)  # type: ignore[arg-type]
    case.refresh_from_db()
    assert case.state == State.SUPPLEMENT
