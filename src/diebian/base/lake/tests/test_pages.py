"""Who sees what of collecting, what a list costs, and the door for departments' systems."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from diebian.base.lake.jobs import collect_now
from diebian.base.lake.models import (
    Collection,
    DriftHold,
    PushedBatch,
    Run,
    RunState,
    SourceKind,
)
from diebian.base.lake.run_actions import forget_pushed_rows, open_runs
from diebian.base.lake.selectors import due_slugs, past_days, shown
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, Refused, register_system
from diebian.security.keys.public import token
from tests.browsing import browser

from .people import (
    BUREAU,
    OTHER,
    a_collection,
    department,
    file_source,
    other_source,
    rows,
    run,
    source_database,
    watermarked,
    who,
)

pytestmark = pytest.mark.usefixtures("lake_place")
TYPES = {"id": "BIGINT", "name": "VARCHAR", "born": "DATE"}


def test_the_manager_sees_health_history_and_masked_rows() -> None:
    folder = file_source()
    rows_ = "219902198803120029,王芳,2026-02-30\n2,李娜,2000-01-01\n"
    (folder / "p.csv").write_text(f"id,name,born\n{rows_}")
    a_collection("people", source="files", table="p.csv", types=TYPES | {"id": "VARCHAR"})
    told = run()
    page = browser(who()).get("/lake/").content.decode()
    assert "样例 people" in page
    assert "完成" in page
    page = browser(who()).get("/lake/people/").content.decode()
    assert f"/lake/runs/{told.pk}/" in page
    page = browser(who()).get(f"/lake/runs/{told.pk}/").content.decode()
    assert "“born”的值不是日期" in page
    assert "2199**********0029" in page
    assert "219902198803120029" not in page
    assert "王芳" not in page


def test_another_department_sees_nothing_and_the_authority_everything() -> None:
    with source_database():
        a_collection()
        told = run()
    other, bureau = browser(who(of=OTHER)), browser(who(Post.AUTHORITY, BUREAU))
    assert "样例 people" not in other.get("/lake/").content.decode()
    for address in ("/lake/people/", f"/lake/runs/{told.pk}/"):
        assert other.get(address).status_code == 404
        assert bureau.get(address).status_code == 200
    assert other.post("/lake/people/collect").status_code == 403
    assert bureau.post("/lake/people/collect").status_code == 403


def test_a_decision_is_made_on_the_page() -> None:
    with source_database() as source:
        a_collection()
        source.execute("alter table people add column phone text")
        run()
        page = browser(who()).get("/lake/people/").content.decode()
        assert "多了列：phone" in page
        hold = DriftHold.objects.get()
        assert browser(who()).post(f"/lake/holds/{hold.pk}/leave_out").status_code == 302
        assert browser(who()).post(f"/lake/holds/{hold.pk}/adopt").status_code == 409
        assert run().state == RunState.DONE


def test_rows_are_seen_while_they_come_and_the_page_looks_again_by_itself() -> None:
    with source_database():
        a_collection()
        run()
        made = open_runs(collections=[Collection.objects.get()], writer="w", by=PLATFORM)[0]
        Run.objects.filter(pk=made.pk).update(read=40, stage="reading")
    for address in ("/lake/people/", f"/lake/runs/{made.pk}/"):
        page = browser(who()).get(address).content.decode()
        assert '<progress class="bar mt4" max="100" value="40"' in page
        assert "已读 40 行，上次一共 100 行。最多收 30 分钟" in page
        assert '<meta http-equiv="refresh" content="5">' in page
    Run.objects.filter(pk=made.pk).update(state=RunState.FAILED, sentence="样例")
    assert "http-equiv" not in browser(who()).get("/lake/people/").content.decode()


def test_whoever_asked_waits_on_the_page_until_the_run_has_begun() -> None:
    with source_database():
        a_collection()
        sent = browser(who()).post("/lake/people/collect")
        assert sent["Location"] == "/lake/people/?asked=0"
        page = browser(who()).get(sent["Location"]).content.decode()
        assert "已交给后台，排着队" in page
        run()
        assert "已交给后台" not in browser(who()).get(sent["Location"]).content.decode()


def test_a_window_is_filled_again_by_page() -> None:
    with source_database():
        watermarked()
        manager = browser(who())
        assert "补采一段" in manager.get("/lake/people/").content.decode()
        before = ProcrastinateJob.objects.filter(task_name="lake.collect_now").count()
        for wrong, says in (
            ({"since": "上周"}, "看不懂，应写成年-月-日"),
            ({"since": "2026-02-01", "until": "2026-01-01"}, "起应在止之前"),
        ):
            sent = manager.post("/lake/people/collect", wrong)
            assert (sent.status_code, says in sent.content.decode()) == (422, True)
        told = {"since": "2026-01-01 00:10:00", "until": "2026-01-01 00:15:00"}
        assert manager.post("/lake/people/collect", told).status_code == 302
        jobs = ProcrastinateJob.objects.filter(task_name="lake.collect_now")
        assert jobs.count() == before + 1
        job = jobs.order_by("-pk")[0]
        assert job.args == {"slug": "people", **told}
        run()
        collect_now(**job.args)
        last = Run.objects.order_by("-pk")[0]
        assert (last.read, last.window_from) == (5, "2026-01-01 00:10:00")
        a_collection(slug="whole")
        assert "补采一段" not in manager.get("/lake/whole/").content.decode()
        assert manager.post("/lake/whole/collect", told).status_code == 422


def test_what_was_pushed_goes_once_it_is_in_the_lake_and_its_days_are_over(client: Client) -> None:
    pushed()
    push(client, {"rows": [{"id": 1, "name": "王芳"}]}, key="a")
    PushedBatch.objects.update(received_at=clock.now().replace(year=2020))
    assert forget_pushed_rows(by=PLATFORM) == 0  # it is nowhere else yet
    run("pushed")
    push(client, {"rows": [{"id": 2, "name": "李娜"}]}, key="b")
    assert forget_pushed_rows(by=PLATFORM) == 1
    assert [one.rows for one in PushedBatch.objects.order_by("pk")] == [
        [], [{"id": "2", "name": "李娜"}]]  # fmt: skip
    assert push(client, {"rows": [{"id": 1, "name": "王芳"}]}, key="a").status_code == 200
    assert run("pushed").taken == 1
    assert [row[0] for row in rows("pushed")] == [1, 2]
    with pytest.raises(Refused):
        forget_pushed_rows(by=who())


def test_the_past_stays_as_long_as_the_table_that_asks_for_most() -> None:
    with source_database():
        a_collection()
        a_collection(slug="second")
        assert past_days() == 30
        Collection.objects.filter(slug="second").update(past_days=400)
        assert past_days() == 400


def test_a_manager_defines_a_source_and_a_collection_on_the_pages() -> None:
    manager = browser(who())
    with source_database():  # made elsewhere: the page is given an address of the same kind
        sent = manager.post("/lake/sources/new", {"title": "样例二", "slug": "second",
                            "kind": "http", "url": "ftp://127.0.0.1"})  # fmt: skip
        assert "应以 http、https:// 开头" in sent.content.decode()
        assert sent.status_code == 422
        sent = manager.post("/lake/sources/new", {"title": "样例二", "slug": "second",
                            "kind": "push"})  # fmt: skip
        assert (sent.status_code, sent["Location"]) == (302, "/lake/new")
        told = {"title": "样例人员", "slug": "staff", "source": "core", "table": "missing",
                "mode": "watermark", "key": "id", "watermark_column": "changed",
                "schedule": "hourly", "types": "amount = VARCHAR"}  # fmt: skip
        page = manager.post("/lake/new", told).content.decode()
        assert "对方系统里没有这张表或这个文件（missing）" in page
        sent = manager.post("/lake/new", told | {"table": "people"})
        assert sent["Location"] == "/lake/staff/"
        assert run("staff").taken == 100
    for other in (who(Post.DATA_HEAD), who(Post.AUTHORITY, BUREAU)):
        assert browser(other).get("/lake/new").status_code == 403


def test_a_list_costs_the_same_for_one_collection_and_for_many() -> None:
    with source_database():
        for number in range(8):
            a_collection(slug=f"c{number}")
            if number in {0, 7}:
                with CaptureQueriesContext(connection) as queries:
                    browser(who()).get("/lake/")
                if number == 0:
                    first = len(queries)
    assert len(queries) == first


def test_a_system_pushes_once_however_often_it_sends(client: Client) -> None:
    pushed()
    told = {"rows": [{"id": 1, "name": "王芳", "born": "2000-01-01"}, {"id": 2, "born": "昨天"}]}
    assert push(client, told, key="a").status_code == 201
    assert push(client, told, key="a").status_code == 200
    assert push(client, {"rows": [{"id": 9}]}, key="a").json()["code"] == "lake.key_reused"
    assert PushedBatch.objects.count() == 1
    first = run("pushed")
    assert (first.taken, first.quarantined) == (1, 1)
    push(client, {"rows": [{"id": 1, "name": "改", "born": None}]}, key="b")
    push(client, {"rows": [{"id": 1, "name": "又改", "born": None}]}, key="c")
    second = run("pushed")
    assert (second.read, second.quarantined) == (2, 0)  # the earlier state is past, not a fault
    assert rows("pushed") == [(1, "又改", None)]
    assert run("pushed").read == 0


def test_who_may_not_push(client: Client) -> None:
    pushed()
    row = {"rows": [{"id": 1}]}
    assert push(client, row, key="a", shown="").status_code == 401
    assert push(client, row, key="a", shown="Bearer not.a.token").status_code == 401
    register_system(code="else", name="样例", department=department(OTHER), by=PLATFORM)
    assert push(client, row, key="a", shown=f"Bearer {token('else')}").status_code == 403
    assert push(client, row, key="").status_code == 422
    unknown = push(client, {"rows": [{"id": 1, 'x"; --': 2}]}, key="a")
    assert "约定之外的列" in unknown.json()["detail"]
    empty = push(client, {"rows": [{"id": 1, "name": "王\0芳"}]}, key="a")
    assert empty.json()["code"] == "kernel.unreadable"  # no machine's text may hold it
    assert PushedBatch.objects.count() == 0


def test_what_is_due_is_what_its_own_cycle_says() -> None:
    with source_database():
        a_collection(schedule="hourly")
        a_collection(slug="manual")
        assert due_slugs() == ["people"]
        run()
        assert due_slugs() == []
        Run.objects.update(started_at=clock.now().replace(year=2020))
        assert due_slugs() == ["people"]


@pytest.mark.parametrize(
    ("value", "told"),
    [("王芳", "王*"), ("219902198803120029", "2199**********0029"), (None, ""), (7, "*"),
     ("13800138000", "13*******00")],
)  # fmt: skip
def test_masked_values(value: object, told: str) -> None:
    assert shown(value) == told


def pushed() -> None:
    other_source(SourceKind.PUSH, {})
    a_collection("pushed", source="other", table="", types=TYPES)
    register_system(code="core", name="样例系统", department=department(), by=PLATFORM)


def push(client: Client, told: object, *, key: str, shown: str | None = None) -> Any:
    headers = {
        "Authorization": f"Bearer {token('core')}" if shown is None else shown,
        "Idempotency-Key": key,
    }
    address = "/api/lake/push/pushed"
    return client.post(address, json.dumps(told), content_type="application/json", headers=headers)
