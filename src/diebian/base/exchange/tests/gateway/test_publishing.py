"""What Envoy looks through before it serves: each form of a route once, other names never."""

from typing import Any

import pytest

from diebian.base.exchange.gateway.envoy_routes import forms, route_configuration, unproved

SERVED = {"a": {"c": "bulk"}, "b": {"c": "bulk", "d": "trial"}}


def looked_through(wanted: dict[str, dict[str, str]]) -> set[str]:
    return set(unproved(wanted, forms(SERVED)))


def test_another_tier_is_looked_through() -> None:
    assert looked_through({"a": {"c": "trial"}, "b": {"c": "bulk", "d": "trial"}}) == {"a"}


def test_the_same_tiers_for_others_are_looked_through() -> None:
    assert looked_through({"b": {"c": "trial", "d": "bulk"}}) == {"b"}


def test_other_plain_names_in_a_form_that_is_served_are_not() -> None:
    assert looked_through({"new": {"other": "bulk"}, "b": {"x-1": "bulk", "y": "trial"}}) == set()


def test_of_many_new_routes_of_one_form_one_is_looked_through() -> None:
    many = {f"p{number}": {"c": "bulk", "d": "bulk"} for number in range(50)}
    assert len(looked_through(many)) == 1


@pytest.mark.parametrize("name", ["%2f", "a b", "A", "exact\n", "é", ""])
def test_a_name_that_is_not_plain_is_always_looked_through(name: str) -> None:
    for wanted in ({"a": {name: "bulk"}}, {name: {"c": "bulk"}}):
        assert set(unproved(wanted, forms(wanted))) == set(wanted)


def test_a_form_is_the_route_but_for_its_names() -> None:
    def route(slug: str, system: str) -> dict[str, Any]:
        [host] = route_configuration("v", {slug: {system: "bulk"}})["virtual_hosts"]
        paths = host["matcher"]["matcher_tree"]["exact_match_map"]["map"]
        told: dict[str, Any] = paths[f"/r/{slug}"]["action"]["typed_config"]
        return told

    one, other = repr(route("first", "mine")), repr(route("second", "yours"))
    assert one != other
    assert one.replace("first", "second").replace("mine", "yours") == other
