"""不予共享 of one 信息项: not offered, not granted, not given, and its consumers are told."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_change,
    mount_resource,
    propose_change,
    publish_change,
    resource,
)
from diebian.base.exchange.grants.models import Grant, Mode, ShareRequest
from diebian.base.exchange.grants.shares import share
from diebian.base.exchange.grants.terms import hold, terms_of
from diebian.base.exchange.requests import actions
from diebian.base.exchange.requests.dues import due_of
from diebian.base.exchange.requests.refusals import ColumnsWithheld
from diebian.base.exchange.tests.books import notices
from diebian.base.exchange.tests.brokers import PURPOSE, a_broker, called
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    CONTRACT,
    FOREVER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    an_entry,
    ask,
    who,
)
from diebian.kernel import clock
from diebian.security.audit.public import actions_on
from diebian.security.identity.public import PLATFORM, Post, Refused
from diebian.standards.sharing import SharingType, sharing_of_item, strictest
from tests.browsing import browser
from tests.days import a_calendar

BASIS = "样例法第一条"
NEVER, FREE, BOUND = SharingType.NEVER, SharingType.UNCONDITIONAL, SharingType.CONDITIONAL
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)
BODY = {"id_number": "219902198803120029"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DIEBIAN_DATA = tmp_path


@pytest.mark.parametrize(
    ("entry", "own", "holds"),
    [(FREE, "", FREE), (FREE, BOUND, BOUND), (BOUND, FREE, FREE), (FREE, NEVER, NEVER),
     (NEVER, FREE, NEVER), (NEVER, "", NEVER)],
)  # fmt: skip
def test_an_item_has_its_own_word_unless_its_entry_is_withheld(
    entry: str, own: str, holds: str
) -> None:
    assert sharing_of_item(entry, own) == holds


def test_what_is_asked_together_is_as_strict_as_its_strictest() -> None:
    assert strictest([FREE, BOUND, FREE]) == BOUND
    assert strictest([]) == NEVER


@pytest.mark.django_db
def test_a_withheld_column_is_shown_with_its_basis_and_cannot_be_asked_for() -> None:
    a_resource(area=NEVER)
    applicant = browser(who(Post.APPLICANT, CONSUMER))
    page = applicant.get(f"/exchange/resources/{SLUG}/").content.decode()
    assert 'value="area" disabled' in page
    assert f"不予共享，不能申请。依据：{BASIS}" in page
    assert 'name="masked" value="area"' not in page
    sent = {"purpose": "样例", "legal_basis": "样例", "scene": "样例", "months": "12",
            "tier": "standard", "columns": ["owner", "area"]}  # fmt: skip
    answer = applicant.post(f"/exchange/resources/{SLUG}/ask", sent)
    assert (answer.status_code, "“area”不能申请" in answer.content.decode()) == (422, True)
    for mode in (Mode.ROWS, Mode.VERIFY, Mode.COMPARE):
        with pytest.raises(ColumnsWithheld, match="面积"):
            ask(columns=["owner", "area"], mode=mode)
    assert ColumnsWithheld.code == "exchange.columns_withheld"
    assert not ShareRequest.objects.exists()


@pytest.mark.django_db
def test_where_every_column_is_withheld_no_form_is_offered() -> None:
    a_resource(owner=NEVER, area=NEVER, place=NEVER)
    page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/exchange/resources/{SLUG}/")
    assert "信息项都不予共享" in page.content.decode()
    assert "/ask" not in page.content.decode()


@pytest.mark.django_db
def test_one_conditional_column_gives_the_whole_request_the_conditional_days() -> None:
    a_calendar()
    a_resource(FREE, area=BOUND)
    with clock.held_at(WEDNESDAY):
        dues = {}
        for columns in (["owner"], ["owner", "area"]):
            made = ask(columns=columns, purpose="、".join(columns))
            sent = actions.approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, CONSUMER))
            dues[len(columns)] = due_of(sent)
        page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/exchange/resources/{SLUG}/")
    assert dues[1] is not None
    assert dues[2] is not None
    assert (f"{dues[1].on}", f"{dues[2].on}") == ("2026-11-26", "2026-12-09")
    assert "其中有“有条件共享”的信息项，选了的最晚" in page.content.decode()


@pytest.mark.django_db
def test_an_open_request_keeps_its_days_when_its_entry_comes_to_be_withheld() -> None:
    a_calendar()
    entry = a_resource()
    with clock.held_at(WEDNESDAY):
        made = ask()
        actions.approve_request(request_id=made.pk, by=who(Post.DATA_HEAD, CONSUMER))
        _changed(entry, sharing=NEVER)
        due = due_of(ShareRequest.objects.get())
    assert due is not None
    assert f"{due.on}" == "2026-12-09"


@pytest.mark.django_db(transaction=True)
def test_a_granted_column_that_comes_to_be_withheld_is_given_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = a_resource()
    a_grant(purpose=PURPOSE, columns=["owner", "area"])

    async def story() -> list[tuple[int, Any]]:
        told = []
        async with a_broker() as broker:
            for changes in ({}, {"area": NEVER}, {"owner": NEVER, "area": NEVER}):
                if changes:
                    await asyncio.to_thread(_changed_elsewhere, entry, changes)
                    broker.grants.forget()  # as after its second
                told.append(await called(broker, SLUG, BODY, x_client_id=SYSTEM))
        return told

    with department_system([{"qlr": "样例甲", "mj": "89", "xzq": "880101"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        first, second, third = asyncio.run(story())
    assert first == (200, {"found": True, "rows": [{"owner": "样例甲", "area": "89"}]})
    assert second == (200, {"found": True, "rows": [{"owner": "样例甲"}], "withheld": ["area"]})
    assert (third[0], third[1]["code"]) == (403, "exchange.nothing_left")
    assert "样例甲" not in json.dumps(third[1], ensure_ascii=False)


@pytest.mark.django_db
def test_what_delivers_and_compares_gives_it_no_more_either() -> None:
    entry = a_resource()
    grant = a_grant(columns=["owner", "area"], mode=Mode.COMPARE)
    before = terms_of(grant.pk)
    assert (before.columns, hold(before)) == (("owner", "area"), True)
    assert share(grant.request_id).is_in_force
    _changed(entry, area=NEVER)
    after = terms_of(grant.pk)
    assert (after.columns, after.is_in_force, hold(after)) == (("owner",), True, True)
    assert not hold(before)  # what was read before, on the way when it was withheld
    assert not share(grant.request_id).is_in_force  # a comparison wants all of its columns
    _changed(entry, owner=NEVER, area=NEVER)
    assert not terms_of(grant.pk).is_in_force


@pytest.mark.django_db
def test_the_consumer_is_told_once_when_it_goes_and_once_when_it_comes_back() -> None:
    entry = a_resource()
    grant = a_grant(columns=["owner", "area"])
    with pytest.raises(Refused):
        actions.say_what_is_withheld(by=who(Post.AUTHORITY, BUREAU))
    told: list[tuple[list[int], list[str]]] = []
    states: list[dict[str, SharingType]] = [{}, {"area": NEVER}, {}]
    for changes in states:
        if told:
            _changed(entry, **changes)
        said = [actions.say_what_is_withheld(by=PLATFORM) for _ in range(2)]
        told.append((said, Grant.objects.get().withheld))
    assert told == [([0, 0], []), ([1, 0], ["area"]), ([1, 0], [])]
    gone, back = (one for one in notices() if "“面积”" in one)  # not that the entry was changed
    assert "把“面积”改为不予共享" in gone
    assert "“面积”恢复提供" in back
    assert actions_on(grant.audit_subject)[-2:] == [
        "exchange.grant.withheld",
        "exchange.grant.given_again",
    ]


@pytest.mark.django_db
def test_a_renewal_leaves_out_what_is_withheld_and_the_page_says_why() -> None:
    entry = a_resource()
    grant = a_grant(columns=["owner", "area"], masked=["area"], valid_to=clock.today())
    _changed(entry, area=NEVER)
    page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/exchange/requests/{grant.request_id}/")
    assert "不予共享，不提供" in page.content.decode()
    made = actions.renew(
        request_id=grant.request_id, valid_to=FOREVER, by=who(Post.APPLICANT, CONSUMER)
    )
    assert (made.columns, made.masked) == (["owner"], [])


def a_resource(sharing: SharingType = BOUND, **of: SharingType) -> Any:
    """The entry's id; `of`: columns that have a type of their own."""
    entry = an_entry(sharing, title="样例房屋")
    if of:
        _changed(entry, sharing=sharing, **of)
    mount_resource(
        entry_id=entry, slug=SLUG, title="样例房屋查询", contract=CONTRACT,
        probe=lambda told: set(told["fields"]), by=who(Post.DATA_MANAGER, PROVIDER),
    )  # fmt: skip
    assert resource(SLUG).sharing_basis == BASIS
    return entry


def _changed(entry: Any, sharing: SharingType = BOUND, **of: SharingType) -> None:
    """Manager, head and authority change the published entry; what is not named is as its entry."""
    named = {"owner": "权利人", "area": "面积", "place": "区划"}
    items = [
        ItemFacts(name, column=column, sharing=of.get(column)) for column, name in named.items()
    ]
    facts = EntryFacts(
        title="样例房屋", sharing=sharing, review_due=FOREVER, sharing_basis=BASIS, items=items
    )
    manager = who(Post.DATA_MANAGER, PROVIDER)
    propose_change(
        entry_id=entry, facts=facts, why="样例", secrecy_reviewed=True, privacy_assessed=True,
        by=manager,
    )  # fmt: skip
    approve_change(entry_id=entry, by=who(Post.DATA_HEAD, PROVIDER))
    publish_change(entry_id=entry, by=who(Post.AUTHORITY, BUREAU))


def _changed_elsewhere(entry: Any, changes: dict[str, SharingType]) -> None:
    """In a thread of its own, with a connection of its own."""
    from django.db import connections

    _changed(entry, **changes)
    connections.close_all()
