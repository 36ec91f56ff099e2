"""Rules of a city's folder: taken in once, ended when they are gone, refused when unclear."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from diebian.base.quality.everywhere import declare_everywhere
from diebian.base.quality.loading import load_rules
from diebian.base.quality.models import Rule
from diebian.base.quality.refusals import RuleUnclear
from diebian.security.identity.public import PLATFORM, Refused
from diebian.standards.profile import CityProfile
from diebian.standards.profile.documents import Document
from diebian.standards.profile.parsed import Parsed

from .people import OTHER, a_rule, a_table, department, who

pytestmark = pytest.mark.django_db
FILLED = {"table": "people", "kind": "filled", "told": {"column": "name"}}
CODES = {"table": "people", "kind": "codes", "basis": "样例标准", "days": 5,
         "told": {"column": "sex", "codes": ["1", "2"], "says": "性别代码"}}  # fmt: skip
LATER = {"table": "later", "kind": "filled", "told": {"column": "name"}}


def load(*rules: Any, dry_run: bool = False) -> list[str]:
    parsed = Parsed(documents={"quality.yaml": Document("quality.yaml", {"rules": list(rules)})})
    empty: Any = {}
    profile = CityProfile(Path(), empty, [], [], [], [], empty, empty, empty, parsed)
    return [str(one) for one in load_rules(profile, PLATFORM, dry_run)]


@pytest.fixture(autouse=True)
def _table(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path
    department()
    a_table()


def test_a_folder_is_taken_in_once_and_what_is_gone_ends() -> None:
    assert load(FILLED, CODES, LATER, dry_run=True) == load(FILLED, CODES, LATER)
    assert load(FILLED, CODES, LATER) == []
    made = Rule.objects.get(kind="codes")
    assert (made.from_city, made.days, made.basis) == (True, 5, "样例标准")
    a_table("later")  # collected meanwhile: now its rule can stand
    assert load(FILLED, CODES, LATER) == ["新增 质量规则 样例表 later：“name”不是空的"]
    a_rule("filled", column="age")
    assert load(CODES, LATER) == ["停用 质量规则 样例表 people：“name”不是空的"]
    assert Rule.objects.filter(ended_at=None).count() == 3  # the manager's own stays


def test_an_unclear_rule_takes_nothing_in() -> None:
    with pytest.raises(RuleUnclear, match="没有列“gone”"):
        load(FILLED, {**FILLED, "told": {"column": "gone"}})
    assert Rule.objects.count() == 0


def test_one_rule_is_declared_for_every_table_that_it_fits() -> None:
    a_table("more")
    a_table("narrow", {"id": "BIGINT"})
    a_rule("id_number", column="sfz")
    call_command("quality", "declare", "id_number", "column=sfz", "--basis", "GB 11643-1999")
    made = Rule.objects.filter(kind="id_number").values_list("collection__slug", "basis")
    assert set(made) == {("people", ""), ("more", "GB 11643-1999")}
    with pytest.raises(CommandError, match="没有列“gone”"):
        call_command("quality", "declare", "filled", "column=gone")
    with pytest.raises(Refused):
        declare_everywhere(kind="filled", told={"column": "name"}, by=who(of=OTHER))
