"""On the public page of an open table stands how good it is, in plain words and with its day."""

import pytest

from diebian.base.lake.public import SourceKind, define_collection, lake_table, register_source
from diebian.base.opening.public import quality_of
from diebian.base.quality.models import Rule
from diebian.base.quality.passes import Found
from diebian.base.quality.public import declare_rule
from diebian.base.quality.settling import Outcome, settle
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM

from .people import department, who

pytestmark = pytest.mark.django_db
SLUG = "sample-scored"


def test_nothing_is_said_of_what_nobody_has_checked() -> None:
    _table()
    assert quality_of(SLUG) == []
    assert quality_of("sample-unknown") == []


@pytest.mark.parametrize(
    ("failed", "score", "worth"),
    [(0, "100.00", "几乎都合规则"), (4, "96.00", "请留意"), (50, "50.00", "请自己核对")],
)
def test_the_last_score_with_what_it_means(failed: int, score: str, worth: str) -> None:
    rule = _table()
    _run(Found(rule, 100, 0))
    _run(Found(rule, 100, failed))
    [told] = quality_of(SLUG)
    assert told.says.startswith(f"{score} 分（满分 100）")
    assert worth in told.says
    assert "1 条规则查了 100 行" in told.says
    assert told.at.date() == clock.now().date()


def test_a_run_that_could_not_be_made_leaves_the_one_before_it() -> None:
    rule = _table()
    _run(Found(rule, 100, 0))
    settle(outcomes=[Outcome(lake_table(SLUG), sentence="没有查成")], asked_by=PLATFORM)
    [told] = quality_of(SLUG)
    assert told.says.startswith("100.00 分")


def _table() -> Rule:
    register_source(slug=SLUG, title="样例", department=department(), kind=SourceKind.PUSH,
                    address={}, by=who())  # fmt: skip
    define_collection(slug=SLUG, title="样例", source=SLUG, table="", key=["id"],
                      types={"id": "VARCHAR"}, by=who())  # fmt: skip
    return declare_rule(table=SLUG, kind="filled", told={"column": "id"}, by=who())


def _run(found: Found) -> None:
    table = lake_table(SLUG)
    settle(outcomes=[Outcome(table, clock.now(), 1, 100, [found])], asked_by=PLATFORM)
