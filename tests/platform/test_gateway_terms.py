"""What a grant says beyond yes: how often a day, which rows, how much of a value."""

import json
from concurrent.futures import ThreadPoolExecutor

from .gateway_rig import BODY, Gateway

LIMIT, CALLERS = 5, 12


def test_a_daily_limit_lets_through_exactly_so_many_however_many_call_at_once(
    gateway: Gateway,
) -> None:
    with ThreadPoolExecutor(CALLERS) as pool:
        replies = list(pool.map(lambda _: gateway.send("/r/counted"), range(CALLERS)))
    statuses = sorted(reply.status for reply in replies)
    assert statuses == [200] * LIMIT + [429] * (CALLERS - LIMIT)
    refused = next(reply for reply in replies if reply.status == 429)
    assert refused.told["code"] == "exchange.over_daily_limit"
    assert "零点" in refused.told["title"]
    assert gateway.rows("select used from exchange_grantday") == [(LIMIT,)]


def test_rows_of_the_granted_region_come_with_masked_columns(gateway: Gateway) -> None:
    told = gateway.send("/r/cut").told
    assert told == {"found": True, "rows": [{"address": "样例小区*1 号楼", "area": "89.50"}]}


def test_rows_of_another_region_do_not_exist_for_this_grant(gateway: Gateway) -> None:
    assert gateway.send("/r/elsewhere").told == {"found": False, "rows": []}


def test_a_grant_that_only_verifies_says_match_or_differs_and_never_a_value(
    gateway: Gateway,
) -> None:
    headers = gateway.headers(x_subject="verified-one")
    claims = {"address": "样例小区１号楼", "area": "90"}  # another width and no blanks: the same
    reply = gateway.send("/r/verified", headers=headers, body=_claiming(claims))
    assert reply.told == {"found": True, "matches": {"address": True, "area": False}}
    assert "89.50" not in reply.text
    query = "select columns from tracker_read where request_id = %s"
    request_id = reply.headers["x-request-id"]
    assert gateway.rows(query, request_id) == [("样例 address、样例 area",)]


def test_it_takes_claims_about_granted_columns_and_nothing_else(gateway: Gateway) -> None:
    for body, code in (
        (json.dumps(BODY), "exchange.claim_missing"),
        (_claiming({}), "exchange.claim_missing"),
        (_claiming({"place": "880101"}), "exchange.parameter_unknown"),
        (json.dumps({**BODY, "claims": {"area": {"$ne": ""}}}), "exchange.call_unreadable"),
    ):
        assert gateway.send("/r/verified", body=body).told["code"] == code
    rows = gateway.send("/r/open", body=_claiming({"area": "1"}))
    assert rows.told["code"] == "exchange.parameter_unknown"


def test_who_guesses_is_stopped_for_that_person_and_for_nobody_else(gateway: Gateway) -> None:
    def guess(id_number: str, area: int) -> int:
        """Under another blind name each time, as one would who wants to go on."""
        headers = gateway.headers(x_subject=f"somebody-{area}")
        body = {**BODY, "id_number": id_number, "claims": {"area": f"{area}"}}
        return gateway.send("/r/verified", headers=headers, body=json.dumps(body)).status

    assert [guess("11010519491231002X", area) for area in range(7)] == [200] * 5 + [429] * 2
    assert guess("219902198803120010", 1) == 200


def test_without_a_live_case_about_that_person_nothing_is_verified(gateway: Gateway) -> None:
    body = _claiming({"area": "1"})
    another = gateway.headers(x_case_no="MADE-UP")
    told = gateway.send("/r/verified", headers=another, body=body).told
    assert told["code"] == "exchange.case_not_live"
    stranger = json.dumps({**BODY, "id_number": "219902195611020046", "claims": {"area": "1"}})
    told = gateway.send("/r/verified", body=stranger).told
    assert told["code"] == "exchange.case_not_live"
    try:
        gateway.rows("update exchange_livecase set closed_at = now() returning 1")
        told = gateway.send("/r/verified", body=body).told
        assert told["code"] == "exchange.case_not_live"
    finally:
        gateway.rows("update exchange_livecase set closed_at = null returning 1")


def _claiming(claims: dict[str, str]) -> str:
    return json.dumps({**BODY, "claims": claims})
