import pytest

from diebian.scenes.services import selectors


@pytest.mark.parametrize("words", ["样例叫法", "样例事项", "ylsx", "想办样例事"])
def test_an_item_is_found_by_what_people_call_it(words: str) -> None:
    assert [one.code for one in selectors.search(words)] == ["S1"]
