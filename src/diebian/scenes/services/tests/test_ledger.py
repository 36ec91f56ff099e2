"""The ledger falls when something is shared: really asked for, agreed to and opened."""

from datetime import UTC, date, datetime, timedelta

import pytest

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    mount_resource,
    publish_entry,
    submit_entry,
)
from diebian.base.exchange.public import agree, approve_request, provision, request_share, revoke
from diebian.kernel import clock
from diebian.scenes.services.items.facts import Demand
from diebian.scenes.services.items.facts import ItemFacts as Facts
from diebian.scenes.services.items.folder import Wanted
from diebian.scenes.services.items.models import ItemVersion
from diebian.scenes.services.items.writing import take_in
from diebian.scenes.services.journey import journey_of
from diebian.scenes.services.ledger.actions import keep_ledger
from diebian.scenes.services.ledger.lines import Ledger, ledger
from diebian.scenes.services.materials.models import Kind, Material
from diebian.scenes.services.models import Case, LedgerDay, State
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    Post,
    Refused,
    department_keys,
    register_system,
)
from diebian.standards.sharing import SharingType
from tests.browsing import browser
from tests.laid import laid_once

from .people import OTHER, OWNER, a_licence_type, who

FOREVER = date(2099, 1, 1)
CONTRACT = {
    "system": "sample", "path": "/ask", "format": "json", "headers": {}, "fixed": {},
    "request": {"id_number": "zjhm"}, "person": "id_number", "rows": "data",
    "success": {"field": "code", "value": "0"}, "fields": {"owner": "qlr"},
    "probe": {"id_number": "219902198803120029"},
}  # fmt: skip
BUREAU = Actor(name="样例主管", department=OWNER, key="authority", posts=(Post.AUTHORITY,))
MONDAY = datetime(2026, 9, 28, 1, tzinfo=UTC)


def official(of: str) -> Actor:
    posts = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT)
    return Actor(name="样例", department=of, key=f"official-{of}", posts=posts)


def _items() -> None:
    """Three items ask one data set, one a licence, and one what only the person has."""
    a_licence_type("健康证", OWNER)
    for code, kind, told in (
        ("M1", Kind.DATA, {"dataset": "样例房屋", "provider": OWNER}),
        ("M2", Kind.LICENCE, {"licence_type": "L1"}),
        ("M3", Kind.DOC, {}),
    ):
        Material.objects.create(
            code=code, name=f"材料{code}", kind=kind, identity=f"{kind}:{code}", **told
        )
    items = {"T1": ("M1",), "T2": ("M1",), "T3": ("M1", "M2", "M3")}
    take_in(
        [Wanted(code, _facts(code, papers), None) for code, papers in items.items()],
        department_keys(),
    )


laid_here = laid_once(_items)


def _facts(code: str, papers: tuple[str, ...]) -> Facts:
    return Facts(f"事项{code}", "公共服务", OTHER, materials=tuple(Demand(one) for one in papers))


def cases_of(code: str, count: int, at: datetime) -> None:
    version = ItemVersion.objects.select_related("item").get(item__code=code)
    Case.objects.bulk_create(
        Case(
            case_no=f"{code}{at:%Y}{number:04}", item=version.item, version=version,
            department_id=version.item.department_id, applicant_key="x", applicant_name="样例人",
            opened_by="x", opened_at=at, state=State.APPROVED, received_at=at,
        )
        for number in range(count)
    )  # fmt: skip


def published() -> str:
    own = official(OWNER)
    facts = EntryFacts(
        title="样例房屋", sharing=SharingType.CONDITIONAL, review_due=FOREVER,
        items=[ItemFacts("权利人", column="owner")],
    )  # fmt: skip
    made = draft_entry(facts=facts, by=own).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=own)
    approve_entry(entry_id=made, by=own)
    publish_entry(entry_id=made, by=BUREAU)
    told = {"slug": "house", "title": "样例房屋查询", "contract": CONTRACT}
    mount_resource(entry_id=made, **told, probe=lambda _: {"owner"}, by=own)  # type: ignore[arg-type]
    return "house"


def asked(resource: str) -> int:
    request = request_share(
        resource=resource, purpose="样例", legal_basis="样例条例", scene="样例",
        columns=["owner"], tier="standard", valid_to=FOREVER, by=official(OTHER),
    )  # fmt: skip
    return int(request.pk)


def opened(request: int) -> int:
    register_system(code="consuming", name="样例系统", department=OTHER, by=PLATFORM)
    approve_request(request_id=request, by=official(OTHER))
    agree(request_id=request, by=official(OWNER))
    return int(provision(request_id=request, by=PLATFORM).pk)


def turn(told: Ledger) -> str:
    [line] = [one for one in told.lines if "样例房屋" in one.title]
    return line.steps[0].does


def test_each_step_on_the_way_says_whose_turn_it_is_and_the_last_one_makes_it_fall() -> None:
    whole = ledger(BUREAU)
    assert (whole.demanded, [line.items for line in whole.lines]) == (5, [3, 1])
    assert turn(whole) == "为“样例房屋”编目"
    resource = published()
    assert turn(ledger(BUREAU)).startswith("向")
    request = asked(resource)
    assert "答复" in turn(ledger(BUREAU))
    opened(request)
    after = ledger(BUREAU)
    assert (after.demanded, after.spared - whole.spared) == (2, 3)
    assert all("样例房屋" not in line.title for line in after.lines)


def test_what_was_opened_is_asked_for_in_the_case_under_its_own_purpose() -> None:
    version = ItemVersion.objects.get(item__code="T3")
    assert [one.name for one in journey_of(version).demanded] == ["材料M1", "材料M2", "材料M3"]
    opened(asked(published()))
    told = journey_of(version)
    assert (told.system, told.asks, told.purpose_of("house")) == ("consuming", ["house"], "样例")
    assert [(one.field, one.label) for one in told.shows] == [("owner", "权利人")]
    assert [one.name for one in told.demanded] == ["材料M2", "材料M3"]
    assert told.spared == 1


def test_what_most_cases_ask_stands_first_and_only_twelve_months_count() -> None:
    with clock.held_at(MONDAY):
        cases_of("T3", 4, MONDAY - timedelta(days=10))
        cases_of("T1", 9, MONDAY - timedelta(days=400))
        lines = ledger(BUREAU).lines
        assert [(one.cases, one.items) for one in lines] == [(4, 3), (4, 1)]
        assert ledger(BUREAU).brought == 12


def test_history_is_a_row_for_each_day_on_which_it_changed_with_what_changed_it() -> None:
    with clock.held_at(MONDAY):
        assert keep_ledger(by=PLATFORM) is not None
        assert keep_ledger(by=PLATFORM) is None
    with clock.held_at(MONDAY + timedelta(days=1)):
        assert keep_ledger(by=PLATFORM) is None
        grant = opened(asked(published()))
        kept = keep_ledger(by=PLATFORM)
        assert kept is not None
        assert (kept.demanded, len(kept.changes)) == (2, 1)
        assert "不用再交“材料M1”：向" in kept.changes[0]
    with clock.held_at(MONDAY + timedelta(days=2)):
        revoke(grant_id=grant, reason="样例", by=official(OWNER))
        kept = keep_ledger(by=PLATFORM)
        assert kept is not None
        assert "又要交“材料M1”" in kept.changes[0]
    assert list(LedgerDay.objects.order_by("day").values_list("demanded", flat=True)) == [5, 2, 5]


def test_nobody_but_the_platform_writes_history() -> None:
    with pytest.raises(Refused):
        keep_ledger(by=BUREAU)


def test_a_department_sees_its_own_items_and_what_waits_for_it() -> None:
    assert ledger(official(OTHER)).demanded == 5
    assert ledger(official(OWNER)).demanded == 4  # T1 to T3 wait for its data, T3 for its licence
    assert not ledger(official(OWNER)).is_whole


def test_every_line_opens_into_items_and_cases_without_names() -> None:
    cases_of("T3", 2, clock.now())
    looking = browser(who("reviewer"))
    assert "材料M1" in looking.get("/ledger/").content.decode()
    paper = looking.get("/ledger/papers/M1/").content.decode()
    assert "/items/T3/" in paper
    assert "/ledger/items/T3/" in paper
    listed = looking.get("/ledger/items/T3/").content.decode()
    assert "已准予" in listed
    assert "样例人" not in listed


def test_the_ledger_is_for_officials() -> None:
    assert browser().get("/ledger/").status_code == 401
    assert browser(who("applicant")).get("/ledger/").status_code == 403
    assert browser(who("reviewer")).get("/ledger/papers/none/").status_code == 404
