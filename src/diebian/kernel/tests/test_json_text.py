"""What a stranger sends as JSON is read, or is one kind of error."""

import pytest

from diebian.kernel.json_text import parsed

WRONG = (
    "", "{", "[" * 200_000, '{"a":' * 50_000, "NaN", "[Infinity]", '"\\ud800"', '"\\u0000"',
    '{"\\u0000": 1}', '{"a": ["\\udfff"]}', b"\xff\xfe\xfd", "1" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_whatever_is_wrong_is_one_kind_of_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parsed(text)


def test_what_is_right_is_read() -> None:
    assert parsed('{"甲": ["\\u4e59", 1.5, null, true]}') == {"甲": ["乙", 1.5, None, True]}
