"""Pages of the register, as managers, the authority and other officials meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.elements.models import Element, State
from diebian.security.identity.public import Post

from .people import OTHER, a_candidate, a_standard, authority, browser, who

pytestmark = pytest.mark.django_db
SENT = {"name": "样例号", "definition": "样例", "source": "样例标准", "type": "C",
        "format": "n..8", "check": "", "codes": "1 = 甲\n2 = 乙", "aliases": "样例甲，样例乙",
        "why": "样例理由"}  # fmt: skip


def test_a_manager_proposes_and_the_authority_registers() -> None:
    answer = browser(who()).post("/elements/new", SENT)
    made = Element.objects.get()
    assert answer.headers["Location"] == f"/elements/{made.public_id}/"
    assert (made.codes, made.aliases) == ([["1", "甲"], ["2", "乙"]], ["样例甲", "样例乙"])
    desk = browser(authority())
    assert "DE0001" in desk.get(f"/elements/{made.public_id}/").content.decode()
    desk.post(f"/elements/{made.public_id}/register", {"identifier": "DE0001"})
    made.refresh_from_db()
    assert made.state == State.STANDARD


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"codes": "1"}, "第 1 行应写成"),
        ({"codes": "1 = 甲\n1 = 乙"}, "写了两次"),
        ({"format": "八位"}, "看不懂"),
        ({"check": "id_number"}, "是 18 位"),
        ({"why": ""}, "为什么需要"),
    ],
)
def test_what_is_wrong_with_a_proposal_stands_on_the_form(
    changed: dict[str, str], words: str
) -> None:
    answer = browser(who()).post("/elements/new", {**SENT, **changed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "样例理由" in answer.content.decode() or "why" in changed


def test_a_taken_identifier_is_told_on_the_page_with_what_was_typed() -> None:
    a_standard("DE0001")
    other = a_candidate(name="样例号")
    answer = browser(authority()).post(f"/elements/{other}/register", {"identifier": "DE0001"})
    assert answer.status_code == 422
    assert "已有数据元使用" in answer.content.decode()
    assert 'value="DE0001"' in answer.content.decode()


def test_a_candidate_is_seen_by_its_department_and_the_authority_alone() -> None:
    made = a_candidate(name="样例候选")
    for actor, status in ((who(), 200), (authority(), 200), (who(of=OTHER), 404)):
        assert browser(actor).get(f"/elements/{made}/").status_code == status
        listed = "样例候选" in browser(actor).get("/elements/").content.decode()
        assert listed is (status == 200)
    assert browser(who(Post.APPLICANT)).get("/elements/new").status_code == 403


@pytest.mark.parametrize("words", ["注册号", "DE0001", "de0001", "zch", "gszch", "市场主体"])
def test_an_element_is_found_by_word_identifier_and_first_letters(words: str) -> None:
    a_standard("DE0001")
    a_standard("DE0002", name="样例码", definition="样例", aliases=[])
    page = browser(who(of=OTHER)).get("/elements/", {"q": words}).content.decode()
    assert "注册号" in page
    assert "样例码" not in page


def test_the_list_costs_the_same_for_one_element_and_for_many() -> None:
    reader, asked = browser(authority()), list[int]()
    reader.get("/elements/")  # what a session asks first is asked once
    for many in (1, 20):
        for number in range(many):
            a_candidate(name=f"样例 {many} {number}")
        with CaptureQueriesContext(connection) as told:
            assert f"样例 {many} 0" in reader.get("/elements/").content.decode()
        asked.append(len(told))
    assert asked[0] == asked[1]
