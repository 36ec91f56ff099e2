"""A refused call keeps what it was for: purpose, case, columns, person, as far as it had come."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.broker.models import RefusedCall
from diebian.base.exchange.broker.refused import BROKER, GATEWAY
from diebian.base.exchange.gateway.instances import log_of
from diebian.base.exchange.metering.meter import take
from diebian.base.exchange.metering.models import Call
from diebian.base.exchange.tests.brokers import BODY, PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.tests.people import BUREAU, who
from diebian.security.identity.public import Post, subject_ref
from tests.browsing import browser

SLUG, CASE, KEY = "homes", "SAMPLE-1", "7a3c0000-0000-4000-8000-000000000002"
NUMBER = BODY["id_number"]
CONTRACT = {"system": "sample", "success": {"field": "code", "value": "0"}, "rows": "data.list",
            "fields": {"address": "qlr", "area": "mj", "place": "xzq"}}  # fmt: skip
GRANT = {"resource": SLUG, "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
AT = "2026-11-25T10:00:00.000Z"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _department(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DIEBIAN_DATA = tmp_path
    with department_system([{"qlr": "样例", "mj": "89", "xzq": "880101"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        yield


def test_another_purpose_is_kept_as_it_was_said_and_an_answered_call_keeps_none() -> None:
    _granted()
    assert _asked(x_purpose="样例的别的用途".encode().hex()) == 403
    one = RefusedCall.objects.get()
    assert (one.purpose, one.reader, one.case_no, one.columns, one.subject, one.detail) == (
        "样例的别的用途", "样例", CASE, "", "", "调用的用途和授权的用途不一致",
    )  # fmt: skip
    assert _asked(x_request_id="another") == 200
    assert RefusedCall.objects.count() == 1


def test_what_is_verified_beyond_the_grant_is_named_and_no_long_number_is_kept() -> None:
    _granted(mode="verify", case_no=CASE, persons=[NUMBER])
    claims = {"area": "89", "place": "1", f"x{NUMBER}": "1"}
    assert _asked({**BODY, "claims": claims}) == 400
    one = RefusedCall.objects.get()
    assert one.columns == "样例 area、样例 place、x＊＊＊"
    assert "没有授权核验" in one.detail
    assert NUMBER not in f"{one.detail}{one.columns}"


def test_a_call_that_came_far_tells_the_person_and_the_granted_columns() -> None:
    _granted(daily_limit=1)
    assert [_asked(), _asked(x_request_id=KEY)] == [200, 429]
    one = RefusedCall.objects.get()
    assert (one.columns, one.subject) == ("样例 address、样例 area", subject_ref(NUMBER))
    _a_line(KEY, status=429)
    take(log_of("envoy-test"))
    assert RefusedCall.objects.get().book == BROKER  # the log tells less
    page = browser(who(Post.AUTHORITY, BUREAU)).get(f"/exchange/calls/{KEY}/").content.decode()
    for word in (PURPOSE, CASE, "样例 address、样例 area", subject_ref(NUMBER)[:4],
                 "没有读到任何人的信息", "exchange.over_daily_limit"):  # fmt: skip
        assert word in page, word
    assert subject_ref(NUMBER) not in page


def test_of_what_the_gateway_refuses_itself_the_log_tells_it_and_of_nobody_nothing() -> None:
    _a_line("known", status=403)
    _a_line("nobody", status=401, system="")
    _a_line("strange", status=400, purpose="no hexadecimal", case="\0" * 50)
    take(log_of("envoy-test"))
    rows = RefusedCall.objects.order_by("request_id")
    told = [(one.request_id, one.book, one.purpose, one.case_no) for one in rows]
    assert told == [("known", GATEWAY, PURPOSE, CASE), ("strange", GATEWAY, "", "")]
    assert Call.objects.count() == 3
    with pytest.raises(ProgrammingError, match="never altered"):
        rows.delete()
    connection.rollback()


def _granted(**terms: Any) -> None:
    prepare([{**GRANT, "contract": CONTRACT, **terms}], ask=lambda told: set(told["fields"]))


def _asked(body: dict[str, Any] = BODY, **headers: str) -> int:
    async def story() -> int:
        async with a_broker() as broker:
            return (await called(broker, SLUG, body, **headers))[0]

    return asyncio.run(story())


def _a_line(request_id: str, **changed: Any) -> None:
    """As Envoy writes it of what is refused."""
    words = {"purpose": PURPOSE.encode().hex(), "reader": "样例".encode().hex(), "case": CASE}
    told = {"at": AT, "request_id": request_id, "route": SLUG, "system": SYSTEM, "ms": 3, **words}
    file = log_of("envoy-test")
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as out:
        out.write(json.dumps({**told, **changed}) + "\n")
