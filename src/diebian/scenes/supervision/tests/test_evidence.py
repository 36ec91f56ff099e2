"""佐证: files come with a report, checked as all papers are, opened by whoever sees the task."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from diebian.base.papers.public import PaperRefused
from diebian.scenes.supervision import actions
from diebian.scenes.supervision.evidence import MOST_FILES
from diebian.scenes.supervision.models import State, Task, TaskFile
from diebian.scenes.supervision.refusals import FilesTooMany
from tests.browsing import browser

from .made import on, under_way, who


@pytest.fixture(autouse=True)
def _store(settings: Settings, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path


def a_picture(name: str = "现场.png") -> tuple[str, bytes]:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return name, out.getvalue()


def claimed_with(task: Task, *files: tuple[str, bytes]) -> None:
    with on(date(2026, 3, 5)):
        actions.claim_done(public_id=task.public_id, text="办好了", files=files, by=who("lead"))


def test_a_file_is_opened_by_whoever_sees_the_task_and_by_nobody_else() -> None:
    task = under_way()
    claimed_with(task, a_picture())
    at = f"/supervision/tasks/{task.public_id}/files/{TaskFile.objects.get().paper.public_id}/"
    for username in ("lead", "helper", "supervisor", "mayor"):
        assert browser(who(username)).get(at).status_code == 200
    assert browser(who("clerk")).get(at).status_code == 404
    page = browser(who("supervisor")).get(f"/supervision/tasks/{task.public_id}/")
    assert "现场.png" in page.content.decode()


def test_a_file_that_is_refused_refuses_the_claim_and_the_page_says_why() -> None:
    task = under_way()
    with pytest.raises(PaperRefused):
        claimed_with(task, a_picture(), ("病毒.txt", b"text"))
    with pytest.raises(FilesTooMany):
        claimed_with(task, *[a_picture()] * (MOST_FILES + 1))
    task.refresh_from_db()
    assert (task.state, TaskFile.objects.count()) == (State.ACCEPTED, 0)
    sent = {"text": "样例", "file": SimpleUploadedFile("a.txt", b"text")}
    answer = browser(who("lead")).post(f"/supervision/tasks/{task.public_id}/report", sent)
    assert (answer.status_code, "文件要再选一次" in answer.content.decode()) == (422, True)


def test_a_report_without_files_stays_as_it_was() -> None:
    task = under_way()
    sent = {"text": "样例", "link": "/record/"}
    answer = browser(who("helper")).post(f"/supervision/tasks/{task.public_id}/report", sent)
    assert answer.status_code == 302
    assert not TaskFile.objects.exists()
