"""A node that does not answer is left alone for a while, then tried by one call at a time."""

import pytest

from diebian.base.exchange.adapters.breaker import Breaker
from diebian.base.exchange.adapters.models import Circuit
from diebian.base.exchange.protocol.refusals import CircuitOpen


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(
        opens_after=3,
        rests_seconds=30,
        is_fault=lambda error: isinstance(error, OSError),
        now=clock,
    )


def passes(breaker: Breaker, fault: type[BaseException] | None = None) -> None:
    if fault is None:
        with breaker.passing():
            return
    with pytest.raises(fault), breaker.passing():
        raise fault("样例")


def test_it_opens_after_failures_in_a_row_and_not_before(breaker: Breaker) -> None:
    for _ in range(2):
        passes(breaker, OSError)
    passes(breaker)  # one success: the count begins anew
    for _ in range(2):
        passes(breaker, OSError)
    assert breaker.circuit == Circuit.CLOSED
    passes(breaker, OSError)
    assert (breaker.circuit, breaker.reason) == (Circuit.OPEN, "样例")


def test_while_it_is_open_nobody_passes_and_each_is_told_when(
    breaker: Breaker, clock: Clock
) -> None:
    _open(breaker)
    clock.now += 10
    with pytest.raises(CircuitOpen) as refused, breaker.passing():
        raise AssertionError("let through")
    assert refused.value.extra == {"retry_after": 20}


def test_after_its_rest_one_call_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    _open(breaker)
    clock.now += 30
    with breaker.passing():
        assert breaker.circuit.value == "half_open"
        with pytest.raises(CircuitOpen), breaker.passing():
            raise AssertionError("a second one tries")
    assert breaker.circuit.value == "closed"


def test_a_failed_try_rests_again_from_then_on(breaker: Breaker, clock: Clock) -> None:
    _open(breaker)
    clock.now += 30
    passes(breaker, OSError)
    clock.now += 29
    with pytest.raises(CircuitOpen), breaker.passing():
        raise AssertionError("let through")


def test_a_try_that_never_reached_the_node_leaves_the_next_one_to_try(
    breaker: Breaker, clock: Clock
) -> None:
    """Its caller went, or the day's calls were used up: nothing is known of the node."""
    _open(breaker)
    clock.now += 30
    passes(breaker, KeyboardInterrupt)
    passes(breaker)
    assert breaker.circuit == Circuit.CLOSED


def test_what_is_no_fault_of_the_node_does_not_count(breaker: Breaker) -> None:
    for _ in range(10):
        passes(breaker, ValueError)
    assert breaker.circuit == Circuit.CLOSED


def _open(breaker: Breaker) -> None:
    for _ in range(3):
        passes(breaker, OSError)
