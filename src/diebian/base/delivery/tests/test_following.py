"""Whatever the lake went through, compaction too: after a batch the consumer has what it has."""

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diebian.base.delivery.consumer import Consumer, Reached
from diebian.base.delivery.outgoing import Cut, Outgoing
from diebian.base.lake.public import open_lake

from .people import consumer_database

if TYPE_CHECKING:
    from diebian.base.lake.public import TableStore

STEPS = st.lists(
    st.one_of(
        st.just("compact"),
        st.just("send"),
        st.dictionaries(st.integers(0, 9), st.sampled_from("甲乙丙"), max_size=8),
    ),
    min_size=4,
    max_size=9,
)
TYPES = {"id": "BIGINT", "name": "VARCHAR"}


@pytest.mark.usefixtures("lake_place")
def test_what_follows_the_lake_is_as_the_lake() -> None:
    with consumer_database() as house, open_lake() as lake:
        words = house.info.dsn

        @settings(max_examples=4, suppress_health_check=list(HealthCheck))
        @given(steps=STEPS)
        def follows(steps: Sequence[object]) -> None:
            table = f"t{uuid4().hex[:12]}"
            cut = Cut(
                table, ("id",), "salt", {one: one for one in TYPES}, TYPES, frozenset(), "", ""
            )
            _write(lake, table, {1: "甲", 2: "乙"}, is_first=True)
            reached, told = _sent(lake, cut, words, None), dict[int, str]({1: "甲", 2: "乙"})
            for step in [*steps, "send"]:
                if step == "compact":
                    lake.compact(table)
                elif isinstance(step, dict):
                    told = step
                    _write(lake, table, told)
                else:
                    reached = _sent(lake, cut, words, reached)
                    arrived = house.execute(f"table {table}".encode()).fetchall()
                    assert sorted(row[1:] for row in arrived) == sorted(told.items())

        follows()


def _write(lake: "TableStore", table: str, rows: dict[int, str], *, is_first: bool = False) -> None:
    """As a full collection with a key does: newer ones replace, those that are gone go."""
    lines = [f"SELECT {key}::BIGINT AS id, '{name}' AS name" for key, name in rows.items()]
    told = " UNION ALL ".join([*lines, "SELECT 0::BIGINT AS id, '' AS name WHERE false"])
    with lake.writing(batch=str(uuid4()), message="m", note={}):
        if is_first:
            lake.create(table, TYPES, told)
        else:
            lake.merge(table, ["id"], list(TYPES), told)
            lake.keep_only(table, ["id"], told)


def _sent(lake: "TableStore", cut: Cut, words: str, reached: Reached | None) -> Reached:
    """By changes alone after the first time: here nothing heals what they miss."""
    going, columns = Outgoing(lake, cut, lake.snapshot()), list(TYPES)
    into = psycopg.connect(words)
    with closing(Consumer(into, "public", cut.table, UUID(int=hash(cut.table) % 2**64))) as one:
        if reached is None:
            one.begin_anew(cut.types)
            one.fill(columns, going.rows(is_followed=False))
        elif going.follow(reached.snapshot):
            one.change(columns, going.rows(is_followed=True), going.touched())
        assert one.count() == going.total()
        one.commit()
    return Reached(uuid4(), cut.shape, going.snapshot, 0, 0, 0, "")
