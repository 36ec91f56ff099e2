"""Who may open what, what each sees, and what a list costs."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diebian.base.exchange.grants.models import ShareRequest
from diebian.base.exchange.grants.months import months_on
from diebian.base.exchange.metering.models import Call
from diebian.base.exchange.requests import actions
from diebian.base.exchange.tests.people import (
    BUREAU,
    CONSUMER,
    OTHER,
    PROVIDER,
    SLUG,
    SYSTEM,
    a_grant,
    a_resource,
    a_submitted_request,
    an_entry,
    department,
    who,
)
from diebian.base.exchange.urls import urlpatterns
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Actor, Post, register_system
from diebian.standards.sharing import SharingType
from tests.browsing import browser

pytestmark = pytest.mark.django_db
POSTS = (Post.DATA_MANAGER, Post.DATA_HEAD, Post.APPLICANT, Post.AUTHORITY)
PLACES = {"provider": PROVIDER, "consumer": CONSUMER, "other": OTHER}
# Who may there is a matter of the post, never of the department: the table of permissions asks.
BY_POST = {
    "alarm", "api-cases", "api-cases-closed", "api-requests", "api-resource", "ask", "call",
    "calls", "console", "inbox", "line", "resource", "season", "season-end", "seasons",
    "upstream-address", "upstream-key", "upstreams",
}  # fmt: skip
# There is none here: the next test ends one.
OF_A_GRANT = {"grant-act", "api-grant-act"}
FILLED = {
    "purpose": "样例用途",
    "legal_basis": "样例条例第一条",
    "scene": "样例审核",
    "columns": ["owner"],
    "tier": "standard",
    "months": "12",
}


def test_an_applicant_asks_on_the_page_and_finds_it_in_the_inbox() -> None:
    a_resource()
    applicant = browser(who(Post.APPLICANT, CONSUMER))
    page = applicant.get(f"/exchange/resources/{SLUG}/").content.decode()
    assert "3 级，个人信息" in page
    sent = applicant.post(f"/exchange/resources/{SLUG}/ask", FILLED)
    assert sent.status_code == 302
    made = ShareRequest.objects.get()
    assert (made.purpose, made.columns, made.consumer.name) == ("样例用途", ["owner"], CONSUMER)
    assert "待本单位审核" in applicant.get(sent["Location"]).content.decode()
    head = browser(who(Post.DATA_HEAD, CONSUMER))
    assert f"{CONSUMER}申请“样例房屋查询”" in head.get("/exchange/").content.decode()


def test_what_is_missing_is_told_and_the_rest_is_kept() -> None:
    a_resource()
    applicant = browser(who(Post.APPLICANT, CONSUMER))
    told = {**FILLED, "columns": [], "months": "99"}
    answer = applicant.post(f"/exchange/resources/{SLUG}/ask", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "要哪些信息项：请至少选一项" in page
    assert "使用多少个月：" in page
    assert 'value="样例用途"' in page


def test_a_withheld_entry_offers_no_form() -> None:
    a_resource(SharingType.NEVER)
    page = browser(who(Post.APPLICANT, CONSUMER)).get(f"/exchange/resources/{SLUG}/")
    assert "不予共享，不能申请" in page.content.decode()
    assert "/ask" not in page.content.decode()


def test_use_is_seen_by_provider_consumer_and_authority_only() -> None:
    a_resource()
    a_grant()
    _called(SYSTEM, 200)
    _called("someone-else", 403)
    sees = {
        who(Post.DATA_MANAGER, PROVIDER): {SYSTEM, "someone-else"},
        who(Post.AUTHORITY, BUREAU): {SYSTEM, "someone-else"},
        who(Post.APPLICANT, CONSUMER): {SYSTEM},
        who(Post.REVIEWER, CONSUMER): set(),
        who(Post.APPLICANT, OTHER): set(),
        who(Post.MAYOR, OTHER): set(),
    }
    for actor, systems in sees.items():
        page = browser(actor).get(f"/exchange/resources/{SLUG}/").content.decode()
        seen = {system for system in (SYSTEM, "someone-else") if f"<td>{system}</td>" in page}
        assert seen == systems, actor
        assert ("谁在用" in page) == (len(systems) == 2)


def test_the_entry_page_names_who_uses_it_and_how_often() -> None:
    a_resource()
    grant = a_grant()
    _called(SYSTEM, 200)
    entry = grant.request.resource.entry.public_id
    page = browser(who(Post.DATA_MANAGER, PROVIDER)).get(f"/catalogue/{entry}/").content.decode()
    assert f"正在使用：{CONSUMER}" in page
    assert "<b>1 次</b>今天的使用" in page


def test_a_grant_that_runs_out_soon_is_shown() -> None:
    a_resource()
    a_grant(valid_to=clock.today() + timedelta(days=20))
    for actor in (who(Post.APPLICANT, CONSUMER), who(Post.DATA_HEAD, PROVIDER)):
        assert "30 天内到期的授权" in browser(actor).get("/exchange/").content.decode()
    assert (
        "30 天内到期" not in browser(who(Post.APPLICANT, OTHER)).get("/exchange/").content.decode()
    )


def test_months_end_on_the_same_day_or_the_last() -> None:
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 12, 15), 12) == date(2027, 12, 15)


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    a_resource()
    a_submitted_request()
    head = who(Post.DATA_HEAD, PROVIDER)
    few = _queries(head)
    first = ShareRequest.objects.get()
    ShareRequest.objects.bulk_create(_copy(first, f"用途{number}") for number in range(300))
    assert _queries(head) == few


def test_what_is_a_departments_is_not_anothers() -> None:
    a_resource()
    register_system(code=SYSTEM, name="样例系统", department=department(CONSUMER), by=PLATFORM)
    rows = list(_expected(a_submitted_request().pk, an_entry()))
    names = {str(pattern.name) for pattern in urlpatterns}
    assert names - BY_POST - OF_A_GRANT == {row[0] for row in rows}
    wrong = []
    comers = [(label, browser(actor)) for label, actor in _desks()]
    for name, method, address, may in rows:
        kind = {"content_type": "application/json"} if "/api/" in address else {}
        for label, client in comers:
            status = getattr(client, method)(address, **kind).status_code
            if (status not in {401, 403, 404}) != (label in may) or status == 500:
                wrong.append((name, method, label, status))
    assert wrong == []


def _expected(request: int, entry: Any) -> Iterator[tuple[str, str, str, set[str]]]:
    """For a request that waits for the provider: who gets past the door (not 401, 403, 404).

    The rows are walked in this order: what one agrees to here, the authority opens below.
    """
    authority = {f"{where} {Post.AUTHORITY}" for where in PLACES}
    parties = {label for label, _ in _desks() if not label.startswith("other")} | authority
    head, own_head = {f"provider {Post.DATA_HEAD}"}, {f"consumer {Post.DATA_HEAD}"}
    manager, place = {f"provider {Post.DATA_MANAGER}"}, f"/exchange/requests/{request}/"
    yield "mount", "get", f"/exchange/entries/{entry}/mount", manager
    yield "try-again", "post", f"/exchange/resources/{SLUG}/try", manager
    yield "unmount", "post", f"/exchange/resources/{SLUG}/unmount", manager
    yield "request", "get", place, parties
    yield "request-act", "post", f"{place}extend", head
    yield "request-act", "post", f"{place}give-extension", authority
    yield "request-act", "post", f"{place}renew", {f"consumer {Post.APPLICANT}"}
    yield "request-act", "post", f"{place}dispose", {f"consumer {Post.APPLICANT}"}
    yield "request-act", "post", f"{place}approve", own_head
    yield "request-act", "post", f"{place}decline", own_head
    yield "request-act", "post", f"{place}refuse", head
    yield "request-act", "post", f"{place}ask", head
    yield "request-act", "post", f"{place}agree", head
    yield "request-act", "post", f"{place}supplement", {f"consumer {Post.APPLICANT}"}
    yield "request-act", "post", f"{place}provision", authority
    yield "api-request-act", "post", f"/api/exchange/requests/{request}/agree", head
    yield "api-request", "get", f"/api/exchange/requests/{request}", parties


def test_a_grant_is_ended_on_the_page_by_whom_it_belongs_to() -> None:
    a_resource()
    grant = a_grant()
    for label, actor in _desks():
        may = label == f"provider {Post.DATA_HEAD}" or label.endswith(str(Post.AUTHORITY))
        for verb in ("suspend", "resume", "send-back", "revoke"):
            answer = browser(actor).post(f"/exchange/grants/{grant.pk}/{verb}", {"text": ""})
            assert (answer.status_code in {422, 409}) == may, (label, verb)
    grant.refresh_from_db()
    assert grant.revoked_at is None
    assert actions.revoke(grant_id=grant.pk, reason="样例", by=who(Post.AUTHORITY, BUREAU)) is None


def _desks() -> Iterator[tuple[str, Actor]]:
    for post in POSTS:
        for place, name in PLACES.items():
            yield f"{place} {post}", who(post, name)


def _called(system: str, status: int) -> None:
    offset = Call.objects.count()
    Call.objects.create(
        instance="a",
        inode=1,
        offset=offset,
        at=clock.now(),
        request_id=str(offset),
        route=SLUG,
        system=system,
        status=status,
        milliseconds=12,
    )


def _copy(of: ShareRequest, purpose: str) -> ShareRequest:
    return ShareRequest(
        resource_id=of.resource_id,
        consumer_id=of.consumer_id,
        purpose=purpose,
        legal_basis=of.legal_basis,
        scene=of.scene,
        columns=of.columns,
        sharing=of.sharing,
        tier=of.tier,
        valid_to=of.valid_to,
        state=of.state,
        requested_by=of.requested_by,
        requested_at=of.requested_at,
        submitted_at=of.submitted_at,
    )


def _queries(actor: Actor) -> int:
    client = browser(actor)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/exchange/").status_code == 200
    return len(captured)
