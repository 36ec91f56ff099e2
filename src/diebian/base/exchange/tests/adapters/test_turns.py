"""Many ask at once, few are let through, nobody fails who can be served in time."""

import asyncio

import pytest

from diebian.base.exchange.adapters.turns import Turns
from diebian.base.exchange.protocol.deadline import Deadline, Patience
from diebian.base.exchange.protocol.refusals import Busy

FEW = {"at_once": 3}


def test_never_more_than_the_system_can_take_and_everybody_in_the_order_of_coming() -> None:
    inside, most, served = 0, 0, list[int]()
    place = Turns()

    async def ask(number: int) -> None:
        nonlocal inside, most
        async with place.at("slug", FEW, Deadline()):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1
            served.append(number)

    async def all_of_them() -> None:
        await asyncio.gather(*(ask(number) for number in range(30)))

    asyncio.run(all_of_them())
    assert most == 3
    assert served == sorted(served)
    assert len(served) == 30


def test_who_finds_no_place_in_time_is_told_and_takes_none() -> None:
    impatient = Deadline(Patience(place=0.05))
    place = Turns()

    async def try_it() -> None:
        async with place.at("slug", {"at_once": 1}, impatient):
            with pytest.raises(Busy):
                async with place.at("slug", {"at_once": 1}, impatient):
                    raise AssertionError("no place is free")
        async with place.at("slug", {"at_once": 1}, impatient):
            pass  # the one that gave up left nothing behind

    asyncio.run(try_it())


def test_a_fault_inside_gives_the_place_back() -> None:
    place = Turns()

    async def try_it() -> None:
        for _ in range(5):
            with pytest.raises(ValueError, match="fault"):
                async with place.at("slug", {"at_once": 1}, Deadline()):
                    raise ValueError("fault")

    asyncio.run(try_it())


def test_a_system_without_a_number_waits_for_nobody() -> None:
    place = Turns()

    async def try_it() -> None:
        async with place.at("slug", {}, Deadline()), place.at("slug", {}, Deadline()):
            pass

    asyncio.run(try_it())
