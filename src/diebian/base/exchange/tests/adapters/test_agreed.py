"""Answers otherwise than agreed are counted by column and kind, never with the value, and seen."""

import asyncio

import pytest

from diebian.base.exchange.adapters.agreed import Item, fault
from diebian.base.exchange.bench.prepare import prepare
from diebian.base.exchange.interfaces.health import AGREED, faults_of
from diebian.base.exchange.interfaces.models import ContractFault
from diebian.base.exchange.tests.brokers import PURPOSE, SYSTEM, a_broker, called
from diebian.base.exchange.tests.department_system import department_system

CONTRACT = {
    "system": "sample",
    "success": {"field": "code", "value": "0"},
    "rows": "data.list",
    "fields": {"address": "qlr", "area": "mj", "place": "xzq"},
}


@pytest.mark.parametrize(
    ("value", "item", "says"),
    [
        ("86.40", Item("", "N", "12,2"), ""),
        ("-3", Item("", "N", ""), ""),
        ("86平方米", Item("", "N", "12,2"), "不是数值"),
        ("NaN", Item("", "N", ""), "不是数值"),
        ("2026-11-26", Item("", "D", "10"), ""),
        ("20261126", Item("", "D", "10"), ""),
        ("1988.03.12", Item("", "D", "10"), ""),
        ("20260918093000", Item("", "T", "19"), ""),
        ("2026-02-30", Item("", "D", "10"), "不是日期"),
        ("不详", Item("", "D", "10"), "不是日期"),
        ("四个汉字", Item("", "C", "4"), ""),
        ("五个汉字了", Item("", "C", "4"), "超过 4 个字符"),
        ("不限长短", Item("", "C", ""), ""),
        ("任意", Item("", "G", "1"), ""),
    ],
)
def test_a_value_is_held_against_what_the_entry_says(value: str, item: Item, says: str) -> None:
    assert fault(value, item) == says


@pytest.mark.django_db(transaction=True)
def test_a_deviation_is_given_on_and_counted_an_unreadable_answer_is_not_given_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"resource": "odd", "system": SYSTEM, "tier": "bulk", "purpose": PURPOSE}
    grant = {**told, "contract": CONTRACT, "types": {"area": "N"}}
    prepare([grant], ask=lambda contract: set(contract["fields"]))

    async def story(number: int) -> list[int]:
        async with a_broker() as broker:
            statuses = [(await called(broker, "odd"))[0] for _ in range(number)]
            await broker.asking.agreement.tell()
            return statuses

    with department_system([{"qlr": "样例", "mj": "约九十", "xzq": "880101"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        assert asyncio.run(story(3)) == [200] * 3
    with department_system([{"qlr": "样例"}]) as (address, _):
        monkeypatch.setenv("DIEBIAN_SANDBOX_SAMPLE", address)
        assert asyncio.run(story(2)) == [502] * 2
    assert [(one.column, one.says, one.times) for one in faults_of(["odd"])] == [
        ("area", "不是数值", 3),
        ("", "答复不是约定的格式", 2),
    ]
    reading = AGREED.tell(["odd", "other"])
    assert list(reading) == ["odd"]
    assert reading["odd"].is_good is False
    assert "area 不是数值（3 次）" in reading["odd"].says
    assert "约九十" not in repr(list(ContractFault.objects.values()))
