from typing import Any

import pytest

from diebian.base.catalogue.models import Entry, Resource
from diebian.base.catalogue.mounting import mount_resource, record_probe
from diebian.base.catalogue.refusals import ContractInUse, NotPublished, ProbeFailed, SlugTaken
from diebian.base.catalogue.resources import resource
from diebian.security.identity.public import Actor, Refused

from .factories import (
    THEIRS,
    a_head,
    a_manager,
    a_published_entry,
    a_submitted_entry,
    a_user,
    used_by,
)

pytestmark = pytest.mark.django_db
CONTRACT: dict[str, Any] = {"fields": {"site": "zd", "owner": "hz"}}


def test_a_mounted_column_tells_what_its_item_says() -> None:
    _mount(a_published_entry(), a_manager())
    site, owner = resource("sites").columns
    assert (site.name, site.level, site.privacy) == ("站点名称", 1, "")
    assert (owner.name, owner.level, owner.privacy) == ("户主姓名", 3, "个人信息")


def test_nobody_else_makes_us_call_a_departments_system() -> None:
    entry = a_published_entry()
    asked: list[dict[str, Any]] = []
    for nobody in (a_head(), a_manager(THEIRS)):
        with pytest.raises(Refused):
            _mount(entry, nobody, asked=asked)
    assert asked == []


def test_only_a_published_entry_is_mounted() -> None:
    with pytest.raises(NotPublished):
        _mount(a_submitted_entry(), a_manager())


def test_a_column_that_did_not_come_stops_the_mounting() -> None:
    with pytest.raises(ProbeFailed, match="owner"):
        _mount(a_published_entry(), a_manager(), columns={"site"})
    assert not Resource.objects.exists()


def test_the_code_of_another_entry_is_not_taken_over() -> None:
    _mount(a_published_entry(), a_manager())
    with pytest.raises(SlugTaken):
        _mount(a_published_entry("别的", THEIRS), a_manager(THEIRS))
    assert resource("sites").provider_name == "样例供热办"


def test_mounting_anew_replaces_the_contract() -> None:
    entry = a_published_entry()
    _mount(entry, a_manager())
    _mount(entry, a_manager(), title="新名")
    assert resource("sites").title == "新名"


def test_mounting_anew_without_what_others_use_is_refused_with_who_they_are() -> None:
    """国务院令第809号 第二十七条."""
    entry = a_published_entry()
    _mount(entry, a_manager())
    with a_user(used_by("样例水务局", columns=("owner",))):
        with pytest.raises(ContractInUse, match="样例水务局在用owner"):
            _mount(entry, a_manager(), contract={"fields": {"site": "zd"}})
        assert resource("sites").contract == CONTRACT
        _mount(entry, a_manager(), contract={"fields": {"owner": "xm"}})
    assert resource("sites").contract == {"fields": {"owner": "xm"}}


def test_a_later_try_moves_the_moment_of_success() -> None:
    _mount(a_published_entry(), a_manager())
    before = resource("sites").probed_at
    record_probe(slug="sites", probe=lambda told: set(told["fields"]), by=a_manager())
    after = resource("sites").probed_at
    assert before is not None
    assert after is not None
    assert after > before
    with pytest.raises(ProbeFailed):
        record_probe(slug="sites", probe=lambda _: set(), by=a_manager())
    with pytest.raises(Refused):
        record_probe(slug="sites", probe=lambda _: set(), by=a_head())


def _mount(
    entry: Entry,
    by: Actor,
    *,
    title: str = "样例接口",
    columns: set[str] | None = None,
    contract: dict[str, Any] = CONTRACT,
    asked: list[dict[str, Any]] | None = None,
) -> None:
    def probe(contract: dict[str, Any]) -> set[str]:
        if asked is not None:
            asked.append(contract)
        return set(contract["fields"]) if columns is None else columns

    mount_resource(
        entry_id=entry.public_id,
        slug="sites",
        title=title,
        contract=contract,
        probe=probe,
        by=by,
    )
