"""A base of organisations: the same build as of persons, over codes, names with forms, places."""

import pytest

from diebian.base.masterdata.actions import start
from diebian.base.masterdata.looking import records_now
from diebian.base.masterdata.models import Base, BuildState, GoldenRecord, UncertainPair
from diebian.base.masterdata.running import execute
from diebian.base.masterdata.timeline import events_of
from diebian.security.audit.public import actions_on
from diebian.standards.profile import read_declaration
from tests.browsing import browser

from .entities import BUS_A, EMPLOYERS, MILL, PLAN, SHOP, SLUG, SOFT, ready
from .sample import who

pytestmark = pytest.mark.usefixtures("lake_place")


def built() -> Base:
    base = ready()
    told = execute(start(slug=SLUG, by=who()).pk)
    assert (told.state, told.sentence) == (BuildState.DONE, "")
    base.refresh_from_db()
    return base


def by_code(base: Base) -> dict[str, GoldenRecord]:
    return {one.identifier: one for one in records_now(base) if one.identifier}


def test_an_employer_is_told_by_its_old_number_a_mistyped_code_or_none_at_all() -> None:
    base = built()
    found = by_code(base)
    assert len(found) == 5
    rows = {key: [one[1] for one in found[key].members] for key in (MILL, SHOP, SOFT)}
    assert rows == {MILL: ["1", "A"], SHOP: ["2", "B"], SOFT: ["3", "C"]}
    # The registered name stays whole; brackets in one width, whatever was compared.
    assert found[MILL].values["name"] == "样例粮油（北方）有限责任公司"
    assert found[MILL].values["old"] == "219902000000017"
    assert not found[SOFT].values["old"]  # its check place is wrong
    assert found[SHOP].values["status"] == "注销"
    alone = records_now(base).filter(identifier="")
    assert {one.values["name"] for one in alone} == {"样例运输公司", "样例社区中心"}


def test_a_name_without_its_form_that_two_companies_share_is_left_to_a_person() -> None:
    built()
    asked = UncertainPair.objects.get()
    assert (asked.left, asked.right) == (f"{EMPLOYERS}:D", f"#{BUS_A}")
    page = browser(who()).get(f"/bases/{SLUG}/pairs/").content.decode()
    assert "名称相同" in page
    assert f"信用代码 {BUS_A}" in page  # of an organisation it is public
    told = browser(who()).get(f"/bases/pairs/{asked.pk}/").content.decode()
    assert "徐行" not in told  # who represents it is not
    assert "徐行" in browser(who()).get(f"/bases/pairs/{asked.pk}/plain").content.decode()


def test_facts_of_an_organisation_are_plain_and_who_represents_it_only_for_a_purpose() -> None:
    base = built()
    keeper, number = browser(who()), by_code(base)[SHOP].number
    page = keeper.get(f"/bases/{SLUG}/records/{number}/").content.decode()
    assert "样例商店有限公司" in page
    assert SHOP in page
    assert "胡岚" not in page
    assert "其中的个人信息已遮住" in page
    assert "2025-11-28" in page  # 注销
    plain = keeper.post(f"/bases/{SLUG}/records/{number}/plain", {"purpose": "样例核对"})
    assert "胡岚" in plain.content.decode()
    looks = actions_on(f"{base.audit_subject}:{number}")
    assert looks == ["masterdata.record.seen", "masterdata.record.seen"]


def test_founding_and_end_are_its_course_of_life() -> None:
    found = by_code(built())[SHOP]
    told = [(one.words, f"{one.day}") for one in events_of(found, is_plain=False)]
    assert told == [("注销", "2025-11-28"), ("设立", "2013-04-20")]


def test_a_base_is_of_those_whom_its_identifier_names() -> None:
    from diebian.base.masterdata.declaration import text_of

    assert read_declaration(text_of(PLAN), "样例") == (PLAN, [])
    told, faults = read_declaration(text_of({**PLAN, "subject": "person"}), "样例")
    assert told is None
    assert "是 organisation 的按 credit_code 认" in faults[0].sentence
