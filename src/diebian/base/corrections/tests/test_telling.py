"""Put right at the source: every department that had used the value hears of it, and no other."""

from datetime import timedelta

import pytest

from diebian.base.corrections.models import Correction, Told
from diebian.base.corrections.public import fix, open_correction
from diebian.base.corrections.selectors import desk
from diebian.base.exchange.public import (
    Mode,
    agree,
    approve_request,
    count_use,
    granted_terms,
    provision,
    request_share,
)
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    actor_by_username,
    person,
    register_official,
    subject_ref,
)
from diebian.security.tracker.public import record_page_read
from tests.browsing import browser
from tests.laid import laid_once

from .people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    TITLE,
    department,
    mount_table,
    set_the_scene,
    who,
)

pytestmark = pytest.mark.django_db
MANAGER = (Post.DATA_MANAGER, PROVIDER)
USER, STRANGER = "sample_user", "sample_outsider"


def _scene() -> None:
    set_the_scene()
    for username, of in ((USER, CONSUMER), (STRANGER, OTHER)):
        register_official(username=username, password="样例-2026-长", name=username,
                          department=department(of), posts=[Post.APPLICANT],
                          by=PLATFORM)  # fmt: skip


laid = laid_once(_scene)


def test_a_department_that_read_it_is_told_once_with_the_cases_and_no_value() -> None:
    made = _opened()
    for case_no in ("case-7", "case-7", "case-8"):
        _read(case_no, CONSUMER)
    _read("case-9", PROVIDER)  # it knows
    _read("case-9", OTHER, name="sample-two")  # somebody else's record
    _fix(made)
    told = Told.objects.get()
    assert (told.department.name, told.cases, told.people) == (CONSUMER, ["case-7", "case-8"], 1)
    assert (unread(USER).count(), unread(STRANGER).count()) == (1, 0)
    page = _page(USER, made)
    assert "case-8" in page
    assert "89.5" not in page
    assert "88.125" not in page
    assert browser(_official(STRANGER)).get(_place(made)).status_code == 404
    assert [line.correction for line in desk(_official(USER), "1").lines] == [made]


def test_whoever_holds_the_delivered_table_is_told_where_nobody_received_nobody_is() -> None:
    mount_table()
    first = _granted(CONSUMER)
    _granted(OTHER)  # nothing was sent there yet
    terms = granted_terms(first)
    assert terms is not None
    count_use(terms=terms, kind=1, number=1, at=clock.now(), milliseconds=1, flag="TABLE")
    made = _opened()
    _fix(made)
    told = Told.objects.get()
    assert (told.department.name, told.requests) == (CONSUMER, [first])
    assert "下一次归集后自动更新" in _page(USER, made)


def test_the_person_sees_how_many_and_who_the_official_who_asked_only_how_many() -> None:
    made = _opened(by=_official(STRANGER))
    _read("case-7", CONSUMER)
    _fix(made)
    own = browser(actor_by_username("sample-one")).get(_place(made)).content.decode()
    assert "已告知 1 个用过的部门" in own
    assert CONSUMER in own
    other = _page(STRANGER, made)
    assert "已告知 1 个用过的部门" in other
    assert CONSUMER not in other
    assert "没有别的部门用过" in _page_of_a_value_nobody_read()


def test_where_nobody_works_with_data_the_authority_passes_it_on() -> None:
    register_official(username="sample_bureau", password="样例-2026-长", name="样例",
                      department=department(BUREAU), posts=[Post.AUTHORITY],
                      by=PLATFORM)  # fmt: skip
    made = _opened()
    _read("case-7", "样例无人的局")
    before = unread("sample_bureau").count()
    _fix(made)
    assert unread("sample_bureau").count() == before + 1


def _page_of_a_value_nobody_read() -> str:
    made = _opened(item="权利人", name="sample-two")
    _fix(made)
    answer = browser(actor_by_username("sample-two")).get(_place(made))
    return answer.content.decode()


def _opened(by: Actor | None = None, item: str = "面积", name: str = "sample-one") -> Correction:
    one = actor_by_username(name)
    return open_correction(
        resource=SLUG,
        item=item,
        seen="88.125",
        says="应是 89.5",
        case_no="case-1",
        person_key=one.key,
        by=by or one,
    )


def _fix(made: Correction) -> None:
    fix(correction_id=made.public_id, how="面积改为 89.5", by=who(*MANAGER))


def _read(case_no: str, of: str, name: str = "sample-one") -> None:
    record_page_read(
        by=who(Post.REVIEWER, of),
        subject=subject_ref(person(actor_by_username(name).key).id_number),
        purpose="审核",
        case_no=case_no,
        resource=TITLE,
        columns=["面积"],
    )


def _granted(of: str) -> int:
    request = request_share(
        resource="sample-table", purpose="核对", legal_basis="样例条例", scene="样例",
        columns=["area"], tier="standard", mode=Mode.TABLE,
        valid_to=clock.today() + timedelta(days=90), by=who(Post.APPLICANT, of),
    ).pk  # fmt: skip
    approve_request(request_id=request, by=who(Post.DATA_HEAD, of))
    agree(request_id=request, by=who(Post.DATA_HEAD, PROVIDER))
    provision(request_id=request, by=PLATFORM)
    return request


def _official(username: str) -> Actor:
    return actor_by_username(username)


def _place(made: Correction) -> str:
    return f"/corrections/{made.public_id}/"


def _page(username: str, made: Correction) -> str:
    answer = browser(_official(username)).get(_place(made))
    assert answer.status_code == 200
    return answer.content.decode()
