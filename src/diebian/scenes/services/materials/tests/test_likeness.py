import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diebian.scenes.services.materials.likeness import alike, named

NAMES = {"居民户口簿": "M8", "户口本": "M8", "营业执照": "M2", "房屋租赁合同": "M9"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("请提供居民户口簿", ["M8"]),
        ("请 提 供 户·口·本", ["M8"]),
        ("营业执照遗失声明", []),
        ("营业执照遗失声明和营业执照", ["M2"]),
        ("请说明用途", []),
    ],
)
def test_a_name_is_found_whole_and_not_inside_another(text: str, codes: list[str]) -> None:
    assert named(text, NAMES, ["营业执照遗失声明"]) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("请提供居民户口薄", ["M8"]),  # another sign
        ("请提供居民的户口簿", ["M8"]),  # one more
        ("请提供居民户口", ["M8"]),  # one less
        ("请提供营业执证", ["M2"]),
        ("请提供场地租赁合同", []),
        ("请说明用途", []),
        ("", []),
    ],
)
def test_a_name_with_one_sign_wrong_is_asked_about(text: str, codes: list[str]) -> None:
    assert alike(text, NAMES) == codes


@given(st.sampled_from([*NAMES]), st.text(max_size=30), st.text(max_size=30))
def test_whatever_stands_around_it_a_name_is_found(name: str, before: str, after: str) -> None:
    assert NAMES[name] in named(f"{before}{name}{after}", NAMES)


def test_a_long_text_and_a_whole_register_are_looked_through_at_once() -> None:
    names = {f"{one}{other}证明书": "x" for one in "甲乙丙丁戊己庚辛壬癸" for other in "子丑寅卯辰"}
    began = time.process_time()
    alike("请提供甲乙丙丁戊己庚辛壬癸子丑寅卯辰书面" * 25, names | {"证明文件书": "y"})
    assert time.process_time() - began < 1
