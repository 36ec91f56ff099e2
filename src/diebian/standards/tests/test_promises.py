"""A city's own days: shorter than the law's or where it has none; never for what began before."""

from datetime import date

import pytest

from diebian.standards.promises import BY_LAW, USUAL, Promise, Step, limit_of

MARCH, MAY = date(2026, 3, 2), date(2026, 5, 6)
OWN = {step.value: 1 for step in Step}


@pytest.mark.parametrize("step", Step)
def test_without_a_promise_the_law_or_the_usual_days_hold(step: Step) -> None:
    found = limit_of(step, [], MAY)
    assert found.days == (BY_LAW[step] if step in BY_LAW else USUAL[step]).days
    assert "本市承诺" not in found.source


@pytest.mark.parametrize("step", Step)
def test_the_citys_own_days_say_that_they_are_a_promise(step: Step) -> None:
    found = limit_of(step, [Promise(MARCH, OWN)], MAY)
    assert found.days == 1
    assert found.source.startswith("本市承诺的期限（国务院令第809号")


def test_what_the_law_fixes_is_never_longer() -> None:
    long = [Promise(MARCH, {step.value: 90 for step in Step})]
    for step, law in BY_LAW.items():
        assert limit_of(step, long, MAY) == law
    assert limit_of(Step.DISPOSE, long, MAY).days == 90


def test_a_promise_holds_for_what_begins_on_its_day_or_later() -> None:
    told = [Promise(MARCH, {Step.RECTIFY: 4}), Promise(MAY, {Step.CHECK: 3})]
    assert limit_of(Step.RECTIFY, told, date(2026, 3, 1)).days == USUAL[Step.RECTIFY].days
    assert limit_of(Step.RECTIFY, told, MARCH).days == 4
    assert limit_of(Step.RECTIFY, told, date(2026, 5, 5)).days == 4
    assert limit_of(Step.RECTIFY, told, MAY).days == USUAL[Step.RECTIFY].days  # no longer promised
    assert limit_of(Step.CHECK, told, MAY).days == 3
