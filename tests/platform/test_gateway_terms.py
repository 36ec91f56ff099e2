"""What a grant says beyond yes: how often a day, which rows, how much of a value."""

from concurrent.futures import ThreadPoolExecutor

from .gateway_rig import Gateway

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
