"""What the grant lets through of an answer: rows of a region, columns, the ends of a value."""

from hypothesis import given
from hypothesis import strategies as st

from diebian.base.exchange.broker.allowed import allowed

CONTRACT = {"region": "place"}
ROWS = [
    {"owner": "样例甲", "number": "219902198803120029", "place": "880101001"},
    {"owner": "样例乙", "number": "219902198803120010", "place": "880202"},
    {"owner": "样例丙", "number": "12", "place": ""},
]
VALUES = st.text(max_size=20)
ROW = st.fixed_dictionaries({"owner": VALUES, "number": VALUES, "place": VALUES})


def test_without_terms_the_granted_columns_come_as_they_are() -> None:
    assert allowed(ROWS, ["owner"], [], CONTRACT, "") == [{"owner": row["owner"]} for row in ROWS]


def test_a_row_of_another_region_or_of_none_stays_out() -> None:
    assert allowed(ROWS, ["owner"], [], CONTRACT, "880101") == [{"owner": "样例甲"}]


def test_of_a_masked_column_only_the_ends_are_told() -> None:
    told = allowed(ROWS, ["number"], ["number"], CONTRACT, "")
    assert [row["number"] for row in told] == ["2199**********0029", "2199**********0010", "**"]


def test_a_contract_that_names_no_region_column_gives_nobody_s_region() -> None:
    assert allowed(ROWS, ["owner"], [], {}, "880101") == []


@given(st.lists(ROW), st.sets(st.sampled_from(["owner", "number", "place"])), VALUES)
def test_nothing_beyond_the_terms_ever_comes_through(
    rows: list[dict[str, str]], columns: set[str], region: str
) -> None:
    told = allowed(rows, sorted(columns), sorted(columns), CONTRACT, region)
    assert len(told) == sum(row["place"].startswith(region) for row in rows)
    for row in told:
        assert set(row) == columns
        assert all("*" in value or value == "" for value in row.values())
