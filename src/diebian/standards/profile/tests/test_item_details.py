"""Questions of items in a city's folder: what they refer to has to be there, and before them."""

import shutil
from pathlib import Path

import pytest

from diebian.standards.profile import check

CITIES = Path(__file__).parents[5] / "cities"
ITEM = """items:
- code: {code}
  situations:
  - {{slug: 甲, question: 甲吗？, choices: [是, 否], when: {{{when}}}}}
  - {{slug: 乙, question: 乙吗？, choices: [是, 否]}}
  materials: [{{material: {material}, when: {{{paper}}}}}]
"""


def faults(tmp_path: Path, **told: str) -> list[str]:
    folder = Path(shutil.copytree(CITIES / "tieling", tmp_path / "city"))
    facts = {"code": "I0141", "when": "", "material": "M152", "paper": "甲: [是]"} | told
    (folder / "item_details.yaml").write_text(ITEM.format(**facts))
    return [str(fault) for fault in check(folder)]


def test_questions_that_stand_in_order_are_right(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"code": "I9999"}, "service_items.csv 里没有 I9999"),
        ({"material": "M001X"}, "不要 M001X"),
        ({"when": "乙: [是]"}, "前面没有情形“乙”"),
        ({"paper": "丙: [是]"}, "前面没有情形“丙”"),
        ({"paper": "甲: [也许]"}, "没有选项“也许”"),
        ({"paper": "甲: []"}, "至少要有 1 项"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(
    told: dict[str, str], says: str, tmp_path: Path
) -> None:
    [fault] = faults(tmp_path, **told)
    assert fault.startswith("item_details.yaml:")
    assert says in fault
