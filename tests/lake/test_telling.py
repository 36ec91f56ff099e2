"""Whoever has to act is told once, and not with each run."""

import pytest

from diebian.base.lake.collecting import collect
from diebian.base.lake.hold_actions import ADOPT, decide_hold
from diebian.base.lake.models import Collection, DriftHold, Trouble
from diebian.base.lake.tests.people import (
    OTHER,
    a_collection,
    department,
    file_source,
    run,
    source_database,
    who,
)
from diebian.base.messages.models import Notice
from diebian.security.identity.public import PLATFORM, Post, register_official

pytestmark = pytest.mark.usefixtures("lake_place")


@pytest.fixture(autouse=True)
def _people(lake_place: object) -> None:
    del lake_place  # the database is there
    for key, of, post in (
        ("manager", department(), Post.DATA_MANAGER),
        ("head", department(), Post.DATA_HEAD),
        ("stranger", department(OTHER), Post.DATA_MANAGER),
    ):
        register_official(username=key, password="样例-2026-长", name=f"样例{key}",
                          department=of, posts=[post], by=PLATFORM)  # fmt: skip


def test_a_source_that_changed_is_told_to_its_data_manager_once() -> None:
    with source_database() as source:
        a_collection()
        run()
        assert told() == []
        source.execute("alter table people add column phone text")
        run()
        run()
        assert told() == [("manager", "数据归集：源变了，等您决定")]
        notice = Notice.objects.get()
        assert "“样例 people”源变了，等您决定。没有收任何行" in notice.body
        assert notice.link == "/lake/people/"
        decide_hold(hold_id=DriftHold.objects.get().pk, decision=ADOPT, by=who())
        run()
        source.execute("alter table people add column mail text")
        run()
        assert len(told()) == 2  # another change is another matter


def test_failures_are_told_together_and_again_only_after_it_went_well() -> None:
    folder = file_source()
    for name in ("a", "b", "c"):
        (folder / f"{name}.csv").write_text("id\n1\n")
        a_collection(name, source="files", table=f"{name}.csv")
    for name in ("a", "b"):
        (folder / f"{name}.csv").unlink()
    collect(slugs=["a", "b", "c"], by=PLATFORM)
    collect(slugs=["a", "b", "c"], by=PLATFORM)
    assert told() == [("manager", "数据归集：没有收成")]
    assert "“样例 a”、“样例 b”没有收成" in Notice.objects.get().body
    (folder / "a.csv").write_text("id\n1\n")
    run("a")
    (folder / "a.csv").unlink()
    run("a")
    assert len(told()) == 2


def test_many_quarantined_rows_are_told_and_few_are_not() -> None:
    folder = file_source()

    def lines(bad: int) -> None:
        days = ["昨天" if number < bad else "2000-01-01" for number in range(200)]
        rows = "".join(f"{number},{day}\n" for number, day in enumerate(days))
        (folder / "p.csv").write_text(f"id,born\n{rows}")

    lines(2)  # one of a hundred is the table's own bound
    a_collection("people", source="files", table="p.csv", types={"born": "DATE"})
    run()
    assert told() == []
    lines(3)
    run()
    assert told() == [("manager", "数据归集：隔离的行太多")]
    assert Collection.objects.get().trouble == Trouble.BAD
    Collection.objects.update(bad_percent=2)
    run()
    assert Collection.objects.get().trouble == ""


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("pk").values_list("key", "title"))
