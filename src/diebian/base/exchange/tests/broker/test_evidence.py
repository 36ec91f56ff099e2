"""Every answer leaves its read, once, under our own id, and with the person asked for."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from diebian.base.exchange.adapters.probing import probe
from diebian.base.exchange.adapters.refusals import PersonUnmarked
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.broker.asked import Asked, about, question_in
from diebian.base.exchange.broker.models import JournalLine
from diebian.base.exchange.client import Errand
from diebian.base.exchange.protocol.refusals import CallIncomplete
from diebian.base.exchange.tests.books import reads
from diebian.base.exchange.tests.brokers import BODY, PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.department_system import department_system
from diebian.base.exchange.tests.people import CONTRACT
from diebian.security.identity.public import subject_ref
from diebian.standards.contracts import person_fault

NUMBER, SPELLED = "11010519491231002X", "１１０１０５ 19491231-002x"
SLUG, CASE = "homes", "SAMPLE-1"
TOLD = {"system": "sample", "success": {"field": "code", "value": "0"}, "rows": "data.list"}
FIELDS = {"address": "qlr", "area": "mj", "place": "xzq"}
GRANT = {"resource": SLUG, "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
VERIFIED = {"mode": "verify", "case_no": CASE, "persons": [SPELLED]}
CALL = Asked(PURPOSE, "样例", CASE, "sample", "sample", "")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _department(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DIEBIAN_DATA = tmp_path
    with department_system([{"qlr": "样例", "mj": "89", "xzq": "880101"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        yield


def test_a_caller_that_repeats_its_own_id_leaves_a_read_for_each_answer() -> None:
    granted()
    assert statuses({"x_call_id": "mine"}, {"x_call_id": "mine"}) == [200, 200]
    assert reads("client_call_id", "route", "outcome") == [("mine", SLUG, "found")] * 2
    ours = {told for (told,) in reads("request_id")}
    assert ours == set(JournalLine.objects.values_list("request_id", flat=True))


def test_our_own_client_names_each_question_anew() -> None:
    """Of one case too: a second look is another call."""
    errand = Errand(SYSTEM, PURPOSE, CASE, "sample", "样例")
    assert errand.headers()["x-call-id"] != errand.headers()["x-call-id"]


def test_an_id_of_ours_that_came_before_is_refused_and_hides_nothing() -> None:
    granted()
    again = {"x_request_id": "the-same"}
    assert statuses(again, again) == [200, 503]
    assert reads("request_id") == [("the-same",)]


def test_the_read_is_of_the_person_asked_for_whatever_the_header_says() -> None:
    granted()
    bodies = [{**BODY, "id_number": one} for one in (NUMBER, SPELLED)]
    assert statuses({"x_subject": "somebody"}, {"x_subject": ""}, bodies=bodies) == [200, 200]
    assert reads("subject") == [(subject_ref(NUMBER),)] * 2


def test_guesses_about_one_person_count_together_however_the_number_is_spelled() -> None:
    granted(**VERIFIED)
    spelled = [NUMBER, NUMBER.lower(), SPELLED, f" {NUMBER} ", "1101051949123100２X", NUMBER]
    bodies = [{**BODY, "id_number": one, "claims": {"area": "89"}} for one in spelled]
    assert statuses(*[{}] * 6, bodies=bodies) == [200] * 5 + [429]
    assert JournalLine.objects.get(status=429).code == "exchange.too_many_guesses"


def test_guesses_without_a_persons_number_count_together_however_they_are_spelled() -> None:
    contract = {**CONTRACT, "person": "", "request": {"certificate": "zh"}}
    wanted = [{"certificate": one} for one in ("样例 A-1", "样例a-1", "样例Ａ-1")]
    told = [about(contract, one, CALL) for one in wanted]
    assert {(one.person, one.subject) for one in told} == {("", "sample")}
    assert len({one.guessed for one in told}) == 1


def test_what_is_sent_on_is_the_number_in_its_one_spelling() -> None:
    body = json.dumps({"id_number": SPELLED}).encode()
    wanted, _ = question_in(CONTRACT, ["owner"], body, is_verification=False)
    assert wanted == {"id_number": NUMBER}
    with pytest.raises(CallIncomplete, match="没有写证件号码"):
        question_in(CONTRACT, ["owner"], b'{"id_number": " - "}', is_verification=False)


def test_where_no_number_is_asked_for_the_caller_says_for_whom() -> None:
    with pytest.raises(CallIncomplete, match="x-subject"):
        about({**CONTRACT, "person": ""}, {}, Asked(PURPOSE, "样例", CASE, "", "sample", ""))


def test_a_contract_that_does_not_say_which_parameter_is_the_number_is_not_tried() -> None:
    unsaid = {name: told for name, told in CONTRACT.items() if name != "person"}
    with pytest.raises(PersonUnmarked, match="id_number"):
        probe(unsaid)
    assert "请求参数里没有" in person_fault({**CONTRACT, "person": "zjhm"})
    assert person_fault({**unsaid, "probe": {"id_number": "样例证号"}}) == ""


def granted(**terms: Any) -> None:
    contract = {**TOLD, "fields": FIELDS}
    prepare([{**GRANT, "contract": contract, **terms}], ask=lambda told: set(told["fields"]))


def statuses(*headers: dict[str, str], bodies: Sequence[dict[str, Any]] | None = None) -> list[int]:
    async def story() -> list[int]:
        async with a_broker() as broker:
            told = zip(headers, bodies or [BODY] * len(headers), strict=True)
            return [(await called(broker, SLUG, body, **head))[0] for head, body in told]

    return asyncio.run(story())
