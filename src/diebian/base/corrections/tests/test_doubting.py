"""Whoever uses a value, or whose it is, says that it is wrong: one form, one action."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from diebian.base.corrections.models import Correction
from diebian.base.corrections.public import Doubt, confirm, raise_doubt, reject
from diebian.base.exchange.public import (
    Mode,
    agree,
    approve_request,
    in_force_of,
    provision,
    request_share,
)
from diebian.base.messages.public import unread
from diebian.kernel import clock
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    actor_by_username,
    person,
    register_official,
    register_system,
    subject_ref,
)
from diebian.security.keys.public import token
from diebian.security.tracker.public import record_page_read
from tests.browsing import browser
from tests.laid import laid_once

from .people import (
    CONSUMER,
    NUMBERS,
    OTHER,
    PROVIDER,
    SLUG,
    TITLE,
    department,
    set_the_scene,
    who,
)

pytestmark = pytest.mark.django_db
NEW, API = f"/corrections/new/{SLUG}/", f"/api/corrections/resources/{SLUG}"
NUMBER = NUMBERS["sample-one"]
SYSTEM, OTHER_SYSTEM, COLLEAGUE = "sample-core", "other-core", "sample_colleague"
SAID = {"item": "面积", "says": "应是 89.5", "seen": "88"}


def _scene() -> None:
    set_the_scene()
    for code, of in ((SYSTEM, CONSUMER), (OTHER_SYSTEM, OTHER)):
        register_system(code=code, name="样例系统", department=department(of), by=PLATFORM)
    register_official(username=COLLEAGUE, password="样例-2026-长", name="样例同事",
                      department=department(CONSUMER), posts=[Post.APPLICANT],
                      by=PLATFORM)  # fmt: skip
    request = request_share(
        resource=SLUG, purpose="核对", legal_basis="样例条例", scene="样例", columns=["area"],
        tier="standard", valid_to=clock.today() + timedelta(days=90),
        by=who(Post.APPLICANT, CONSUMER),
    ).pk  # fmt: skip
    approve_request(request_id=request, by=who(Post.DATA_HEAD, CONSUMER))
    agree(request_id=request, by=who(Post.DATA_HEAD, PROVIDER))
    provision(request_id=request, by=PLATFORM)


laid = laid_once(_scene)


def test_a_person_doubts_what_was_read_of_them_and_nothing_else() -> None:
    page = browser(_person())
    assert page.get(NEW).status_code == 404
    _read("case-7")
    form = page.get(f"{NEW}?case=case-7").content.decode()
    assert "case-7" in form
    assert "谁的数据" not in form
    answer = page.post(NEW, {**SAID, "case_no": "case-7"})
    made = Correction.objects.get()
    assert answer.headers["Location"] == f"/corrections/{made.public_id}/"
    told = (made.person_key, made.subject, made.case_no, made.asking)
    assert told == (_person().key, subject_ref(NUMBER), "case-7", "")
    assert browser(actor_by_username("sample-two")).get(NEW).status_code == 404


def test_staff_of_a_department_that_was_granted_it_name_whose_record_it_is() -> None:
    page = browser(who(Post.REVIEWER, CONSUMER))
    assert page.post(NEW, SAID).status_code == 422  # whose?
    wrong = page.post(NEW, {**SAID, "id_number": "123"})
    assert "公民身份号码不对" in wrong.content.decode()
    assert "应是 89.5" in wrong.content.decode()
    assert page.post(NEW, {**SAID, "id_number": NUMBER}).status_code == 302
    made = Correction.objects.get()
    assert (made.person_key, made.asking) == (_person().key, department(CONSUMER))
    assert page.post(NEW, {**SAID, "id_number": NUMBER}).status_code == 422  # is open already
    assert page.get(f"/corrections/{made.public_id}/").status_code == 200
    colleague = browser(actor_by_username(COLLEAGUE))
    assert colleague.get(f"/corrections/{made.public_id}/").status_code == 200


def test_a_row_about_nobody_is_named_by_its_number_and_no_person_is_shown() -> None:
    made, _ = _said(Doubt(**SAID, row="单元 880001"), who(Post.APPLICANT, CONSUMER))
    office = browser(who(Post.DATA_MANAGER, PROVIDER)).get(f"/corrections/{made.public_id}/")
    page = office.content.decode()
    assert "单元 880001" in page
    assert "谁的数据" not in page
    _said(Doubt(**SAID, row="单元 880002"), who(Post.APPLICANT, CONSUMER))


def test_whoever_was_not_granted_it_is_refused_and_the_pages_do_not_offer_it() -> None:
    outsider = who(Post.APPLICANT, OTHER)
    with pytest.raises(Refused):
        _said(Doubt(**SAID, id_number=NUMBER), outsider)
    with pytest.raises(NotFound):
        raise_doubt(resource="nothing", doubt=Doubt(**SAID), by=outsider)
    place = f"/exchange/resources/{SLUG}/"
    assert NEW not in browser(outsider).get(place).content.decode()
    page = browser(who(Post.APPLICANT, CONSUMER))
    assert NEW in page.get(place).content.decode()
    [request] = in_force_of(department(CONSUMER), Mode.ROWS)
    assert NEW in page.get(f"/exchange/requests/{request.request}/").content.decode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"item": "没有的"}, "item"),
        ({"says": "  "}, "says"),
        ({"id_number": "1"}, "id_number"),
        ({"row": "一行"}, "id_number"),
        ({"case_no": "9" * 41}, "case_no"),
    ],
)
def test_what_is_unclear_is_said_field_by_field(told: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        _said(Doubt(**{**SAID, "id_number": NUMBER, **told}), who(Post.APPLICANT, CONSUMER))
    assert list(refused.value.fields) == [field]


def test_a_system_says_it_once_however_often_it_is_sent() -> None:
    told = {**SAID, "item": "area", "id_number": NUMBER}
    first, again = _posted(told), _posted(told)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["item"] == "面积"
    other = _posted({**told, "says": "应是 90"})
    assert (other.status_code, other.json()["code"]) == (409, "corrections.key_reused")
    same = _posted(told, key="second")
    assert (same.status_code, same.json()["code"]) == (409, "corrections.already_open")
    assert Correction.objects.count() == 1


def test_the_people_behind_a_system_are_told_and_it_asks_how_it_stands() -> None:
    made = _posted({**SAID, "id_number": NUMBER}).json()["id"]
    confirm(correction_id=made, by=who(Post.DATA_MANAGER, PROVIDER))
    assert unread(COLLEAGUE).count() == 1
    reject(correction_id=made, evidence="与登记簿一致", by=who(Post.DATA_MANAGER, PROVIDER))
    place = f"/api/corrections/{made}"
    told = Client().get(place, headers=_headers(SYSTEM)).json()
    assert (told["state"], told["answer"]) == ("rejected", "与登记簿一致")
    assert Client().get(place, headers=_headers(OTHER_SYSTEM)).status_code == 404
    page = browser(actor_by_username(COLLEAGUE)).get(f"/corrections/{made}/").content.decode()
    assert "提出争议" in page


@pytest.mark.parametrize(
    ("told", "headers", "status", "code"),
    [
        ({}, {"Authorization": ""}, 401, "identity.token_missing"),
        ({}, {"Idempotency-Key": ""}, 422, "corrections.key_missing"),
        ({"nonsense": "1"}, {}, 422, "kernel.invalid"),
        ({"says": 5}, {}, 422, "kernel.invalid"),
        ({"id_number": "1"}, {}, 422, "kernel.invalid"),
    ],
)
def test_a_wrong_message_is_a_problem_with_a_code(
    told: dict[str, Any], headers: dict[str, str], status: int, code: str
) -> None:
    answer = _posted({**SAID, "id_number": NUMBER, **told}, **headers)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_system_without_a_grant_is_refused() -> None:
    answer = _posted({**SAID, "id_number": NUMBER}, system=OTHER_SYSTEM)
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.refused")


def _person() -> Actor:
    return actor_by_username("sample-one")


def _said(doubt: Doubt, by: Actor) -> tuple[Correction, bool]:
    return raise_doubt(resource=SLUG, doubt=doubt, by=by)


def _posted(told: dict[str, Any], system: str = SYSTEM, key: str = "first", **headers: str) -> Any:
    sent = {**_headers(system), "Idempotency-Key": key, **headers}
    return Client().post(API, told, content_type="application/json", headers=sent)


def _headers(system: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(system)}"}


def _read(case_no: str) -> None:
    record_page_read(
        by=who(Post.REVIEWER, CONSUMER),
        subject=subject_ref(person(_person().key).id_number),
        purpose="审核",
        case_no=case_no,
        resource=TITLE,
        columns=["面积"],
    )
