"""The city's folder: taken in once, renewed where it changed, retired when it is gone."""

from pathlib import Path
from typing import Any

import pytest

from diebian.base.elements.loading import load_elements
from diebian.base.elements.models import Element, State
from diebian.security.identity.public import PLATFORM
from diebian.standards.profile import CityProfile
from diebian.standards.profile.documents import Document
from diebian.standards.profile.parsed import Parsed

from .people import a_standard

pytestmark = pytest.mark.django_db
SEX = {"identifier": "DE0005", "name": "性别代码", "definition": "性别的代码", "type": "字符",
       "format": "n1", "codes": {"1": "男性", "2": "女性"}, "source": "GB/T 2261.1-2003",
       "status": "REAL-NAME"}  # fmt: skip
NAME = {"identifier": "DE0001", "name": "姓名", "definition": "样例", "type": "字符",
        "format": "a..30", "source": "样例", "status": "SAMPLE"}  # fmt: skip


def load(*elements: Any, dry_run: bool = False) -> list[str]:
    told = {"data_elements.yaml": Document("data_elements.yaml", {"elements": list(elements)})}
    empty: Any = {}
    profile = CityProfile(
        Path(), empty, [], [], [], [], empty, empty, empty, Parsed(documents=told)
    )
    return [str(one) for one in load_elements(profile, PLATFORM, dry_run)]


def test_a_folder_is_taken_in_once() -> None:
    assert load(SEX, NAME, dry_run=True) == load(SEX, NAME)
    assert load(SEX, NAME) == []
    made = Element.objects.get(identifier="DE0005")
    assert (made.state, made.from_city, made.mark) == (State.STANDARD, True, "REAL-NAME")
    assert made.codes == [["1", "男性"], ["2", "女性"]]


def test_what_changed_is_told_and_what_is_gone_retires_and_comes_back() -> None:
    load(SEX, NAME)
    assert load({**SEX, "format": "n..1"}, NAME) == [
        "变更 数据元 DE0005 性别代码 表示格式：n1 → n..1"
    ]
    assert load(NAME) == ["停用 数据元 DE0005 性别代码"]
    assert load(NAME) == []
    assert Element.objects.get(identifier="DE0005").state == State.RETIRED
    assert load({**SEX, "format": "n..1"}, NAME) == ["恢复 数据元 DE0005 性别代码"]


def test_what_a_department_had_registered_stays() -> None:
    a_standard("DE0044", name="性别代码", check="", format="n1")
    assert load(SEX) == []
    assert load() == []
    assert Element.objects.get().state == State.STANDARD
