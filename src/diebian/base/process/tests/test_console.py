"""Pages of the operator: drawings are deployed or told what is wrong; cases move; trouble."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from diebian.base.process.running.models import Case, Incident
from diebian.security.identity.public import Post
from tests.browsing import browser

from .drawn import choice, drawing, end, flows, start, user
from .people import HERE, THERE, THIN, do, opened, outcome, registered

pytestmark = pytest.mark.django_db
RENAMED = THIN.replace(b'"review"', b'"look"').replace(b"decision.review", b"decision.look")
READS = drawing(
    "reads", start(), user("a"), choice("g", "g-end"), end(), end("other"),
    flows(("start", "a"), ("a", "g"), ("g", "other", 'form.sort = "x"'), ("g", "end")),
)  # fmt: skip


@pytest.fixture
def operator() -> Client:
    return browser(registered("运维", HERE, Post.OPERATOR))


def sent(client: Client, file: bytes) -> str:
    answer = client.post("/process/", {"drawing": SimpleUploadedFile("a.bpmn", file)}, follow=True)
    return answer.content.decode()


def test_a_drawing_becomes_a_version_and_its_page_draws_it(operator: Client) -> None:
    page = sent(operator, THIN)
    assert "各版" in page
    assert "picture-file" in page
    assert "thin" in operator.get("/process/?q=thin").content.decode()
    assert operator.get("/process/drawings/thin/1.bpmn").content.startswith(b"<definitions")
    assert operator.get("/process/drawings/thin/9.bpmn").status_code == 404
    assert operator.get("/process/drawings/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"<a", "读不出这个文件"),
        (b"", "读不出这个文件"),
        (THIN.replace(b"userTask", b"scriptTask"), "scriptTask"),
        (THIN.replace(b'post="reviewer"', b'post="king"'), "没有“king”这个岗位"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_element_and_nothing_is_deployed(
    operator: Client, file: bytes, told: str
) -> None:
    page = sent(operator, file)
    assert told in page
    assert "什么都没有改" in page
    assert "在办" in operator.get("/process/").content.decode()


def test_running_cases_are_moved_after_a_look_at_what_differs(operator: Client) -> None:
    case = opened(THIN)
    sent(operator, RENAMED)
    told = operator.get("/process/drawings/thin/?before=1&after=2").content.decode()
    assert "第 2 版没有的</dt><dd>review" in told
    move = {"before": "1", "after": "2", "reason": "新规定"}
    page = operator.post("/process/drawings/thin/", move).content.decode()
    assert "1 件没有改：" in page
    assert "在那一版里没有对应的元素" in page
    answer = operator.post("/process/drawings/thin/", {**move, "mapping": "review = look"})
    assert "改用了 1 件" in answer.content.decode()
    assert Case.objects.get().version.number == 2
    do(case, "look", "不予")
    assert outcome(case) == "refused"


def test_whoever_has_put_right_what_was_missing_lets_the_case_go_on(operator: Client) -> None:
    case = opened(READS, {})
    do(case, "a")
    incident = Incident.objects.get()
    assert "没有这一项：sort" in operator.get("/process/incidents/").content.decode()
    again = f"/process/incidents/{incident.pk}/again"
    operator.post(again)
    assert "走不下去" not in outcome(case)
    incident = Incident.objects.get(settled_at=None)  # the same once more: nothing was put right
    manager = browser(registered("数据", THERE, Post.DATA_MANAGER))
    assert "没有走不下去的" in manager.get("/process/incidents/").content.decode()
    assert manager.post(f"/process/incidents/{incident.pk}/again").status_code == 404


def test_what_only_a_person_can_undo_is_noted_as_done(operator: Client) -> None:
    case = opened(THIN)
    made = Incident.objects.create(case_id=case, sentence="样例", at="2026-01-01T00:00Z")
    assert operator.post(f"/process/incidents/{made.pk}/again").status_code == 302
    made.refresh_from_db()
    assert made.settled_by == "运维"


def test_others_see_nothing_of_it() -> None:
    reviewer = browser(registered("甲"))
    for address in ("/process/", "/process/incidents/", "/process/drawings/thin/"):
        assert reviewer.get(address).status_code == 403
