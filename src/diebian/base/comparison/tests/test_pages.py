"""Who sees what of a run that has ended: pages, files, 校核. No lake is opened."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from diebian.base.comparison.actions import start
from diebian.base.comparison.choices import tables_for
from diebian.base.comparison.handing import hand_over
from diebian.base.comparison.models import Comparison, Result, Run, RunState
from diebian.base.comparison.plan import RuleKind
from diebian.base.comparison.policy import SEERS
from diebian.base.comparison.refusals import NothingCollected, TooManyRuns
from diebian.base.comparison.tidying import clear_lists
from diebian.base.corrections.public import fix
from diebian.base.exchange.public import suspend
from diebian.base.lake.public import define_collection, lake_table
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post
from diebian.standards.profile import comparisons as told_in_a_city
from tests.browsing import browser

from .people import (
    ANNA,
    ASKER,
    CARLA,
    EMIL,
    LEFT,
    OTHER,
    PLAN,
    PROVIDER,
    RIGHT,
    SLUG,
    agreed,
    asker,
    declared,
    pushed_tables,
    who,
)

pytestmark = pytest.mark.django_db
RULES = [{**PLAN["rules"][0], "name": "=cmd|'/c calc'!A1"}, *PLAN["rules"][1:]]


@pytest.fixture
def run(db: None) -> Run:  # noqa: ARG001
    """Ended, with two persons who differ and one whom the other side does not have."""
    pushed_tables()
    agreed(declared(plan={**PLAN, "rules": RULES}))
    made = Run.objects.create(
        comparison=Comparison.objects.get(), number=1, state=RunState.DONE, left_snapshot=1,
        right_snapshot=2, counts={"differs": 2, "left_only": 1, "same": 7, "right_only": 4},
        digest="0" * 16, asked_by="asker", asked_by_name="样例申请人", asked_at=clock.now(),
        ended_at=clock.now(),
    )  # fmt: skip
    for number, outcome, bits in (
        (ANNA, "differs", 0b001), (CARLA, "differs", 0b110), (EMIL, "left_only", 0),
    ):  # fmt: skip
        made.results.create(id_number=number, outcome=outcome, differing=bits)
    return made


def test_the_asker_sees_persons_the_provider_counts_and_others_nothing(run: Run) -> None:
    address = f"/comparisons/runs/{run.pk}/"
    page = browser(asker()).get(f"{address}?outcome=differs").content.decode()
    assert "2199**********0046" in page
    assert CARLA not in page
    assert "日期、类别" in page
    provider = browser(who(of=PROVIDER))
    assert "2 人" in provider.get(address).content.decode()
    assert provider.get(f"{address}?outcome=differs").status_code == 403
    other = browser(who(of=OTHER))
    assert other.get(address).status_code == other.get(f"/comparisons/{SLUG}/").status_code == 404
    head = browser(asker(Post.DATA_HEAD))  # of the asking department, but not named by the task
    assert head.get(f"{address}?outcome=differs").status_code == 403
    # Nobody asked for the list of these: there is none.
    assert browser(asker()).get(f"{address}?outcome=same").status_code == 404


def test_a_file_runs_nothing_and_is_written_down(run: Run) -> None:
    address = f"/comparisons/runs/{run.pk}/differs"
    told = browser(asker()).get(f"{address}.csv")
    text = b"".join(told).decode("utf-8-sig")
    assert f"{ANNA},两边都有，有不一致,'=cmd" in text
    assert "\n=" not in text
    book = load_workbook(BytesIO(browser(asker()).get(f"{address}.xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["公民身份号码", *sorted([ANNA, CARLA])]
    assert {row[2][:2] for row in rows[1:]} == {"'=", "日期"}
    done = actions_on(f"comparison:{SLUG}:1:differs")
    assert done == ["comparison.run.exported_csv", "comparison.run.exported_xlsx"]
    assert browser(who(of=PROVIDER)).get(f"{address}.csv").status_code == 403


def test_a_difference_goes_to_the_provider_once_and_comes_back_answered(run: Run) -> None:
    anna = Result.objects.get(id_number=ANNA)
    address = f"/comparisons/runs/{run.pk}/differs/hand"
    assert browser(asker()).post(address, {"result": [anna.pk]}).status_code == 302
    assert hand_over(run_id=run.pk, outcome="differs", results=None, by=asker()) == 1
    assert hand_over(run_id=run.pk, outcome="differs", results=None, by=asker()) == 0
    assert hand_over(run_id=run.pk, outcome="left_only", results=None, by=asker()) == 1
    desk = browser(who(of=PROVIDER))
    page = desk.get("/corrections/").content.decode()
    assert page.count("样例参保查询：") == 3
    told = re.search(r"/corrections/([0-9a-f-]{36})/\">样例参保查询：日期、类别", page)
    assert told is not None
    one = UUID(told[1])
    page = desk.get(f"/corrections/{one}/").content.decode()
    assert CARLA in page  # so that the office finds the record
    assert f"与{ASKER}的登记比对不上" in page
    fix(correction_id=one, how="样例：已改", by=who(of=PROVIDER))
    assert "已改正" in desk.get(f"/corrections/{one}/").content.decode()


def test_a_table_that_is_changed_and_compared_again_is_no_way_to_guess(run: Run) -> None:
    for number in range(2, 6):
        Run.objects.create(
            comparison=run.comparison, number=number, state=RunState.STOPPED, left_snapshot=1,
            right_snapshot=2, asked_by="asker", asked_by_name="样例", asked_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(TooManyRuns):
        start(slug=SLUG, by=asker())
    assert start(slug=SLUG, by=asker(), repeats=run.pk).repeats == run  # tells nothing new
    Run.objects.filter(state="waiting").update(state=RunState.STOPPED)
    with clock.held_at(clock.now() + timedelta(days=1)), pytest.raises(NothingCollected):
        start(slug=SLUG, by=asker())  # tomorrow again; here the tables were never collected


def test_without_leave_the_list_is_closed_at_once_and_in_the_end_it_goes(run: Run) -> None:
    address = f"/comparisons/runs/{run.pk}/?outcome=differs"
    grant = run.comparison.right_request.grant.pk  # type: ignore[union-attr]
    suspend(grant_id=grant, reason="样例", by=who(Post.DATA_HEAD, PROVIDER))
    assert browser(asker()).get(address).status_code == 409
    assert clear_lists(by=PLATFORM) == 0  # suspended may come back
    with clock.held_at(clock.now() + timedelta(days=91)):
        assert clear_lists(by=PLATFORM) == 1
        assert clear_lists(by=PLATFORM) == 0
    run.refresh_from_db()
    assert (run.results.count(), run.counts["differs"]) == (0, 2)


def test_the_choice_of_tables_costs_as_many_queries_for_many_as_for_one(db: None) -> None:  # noqa: ARG001
    pushed_tables()
    with CaptureQueriesContext(connection) as one:
        assert len(tables_for(asker())) == 2
    manager, entry = who(of=PROVIDER), lake_table(RIGHT).entry_id
    for number in range(5):
        define_collection(slug=f"more-{number}", title="样例", source=RIGHT, table="", key=["a"],
                          types={"a": "VARCHAR"}, entry=entry, by=manager)  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(tables_for(asker())) == 7
    assert len(many) == len(one)


def test_a_comparison_is_declared_on_the_pages(db: None) -> None:  # noqa: ARG001
    pushed_tables()
    client = browser(asker())
    page = client.get("/comparisons/new").content.decode()
    assert f"{PROVIDER}：样例表 {RIGHT}" in page
    address = f"/comparisons/new?left={LEFT}&right={RIGHT}"
    sent = {
        "title": "样例", "slug": "on-a-page", "purpose": "样例用途", "legal_basis": "样例条例",
        "months": "6", "seen_by": ["data_manager"], "left_id": "sfz", "right_id": "card",
        "left_only": "lb", "left_values": "1，2", "wanted": ["differs"], "rule1_name": "类别",
        "rule1_left": "lb", "rule1_right": "kind", "rule1_kind": "code",
        "rule1_codes": "1 = 310\n2 = 390",
    }  # fmt: skip
    wrong = client.post(address, {**sent, "rule1_codes": "nonsense", "rule2_name": "空"})
    assert wrong.status_code == 422
    assert "每行应写成：左表代码 = 右表代码" in wrong.content.decode()
    assert "第 2 项要写名称，并选左右两列" in wrong.content.decode()
    done = client.post(address, sent)
    assert (done.status_code, done["Location"]) == (302, "/comparisons/on-a-page/")
    plan = Comparison.objects.get().plan
    assert plan["rules"][0]["codes"] == {"1": "310", "2": "390"}
    assert plan["left"]["only_values"] == ["1", "2"]
    page = client.get("/comparisons/on-a-page/").content.decode()
    assert "待本单位审核" in page
    request = Comparison.objects.get().right_request_id
    head = browser(who(Post.DATA_HEAD, PROVIDER))
    page = head.get(f"/exchange/requests/{request}/").content.decode()
    assert "申请的是批量比对" in page
    assert "<code>1</code> 对 <code>310</code>" in page


def test_a_city_speaks_the_comparisons_own_words() -> None:
    assert set(told_in_a_city.KINDS) == set(RuleKind.values)
    assert set(told_in_a_city.SEERS) == {post.value for post in SEERS}
