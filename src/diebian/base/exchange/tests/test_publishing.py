"""Only what changes is looked through again, and all of it where nothing is known."""

from typing import Any

import pytest

from diebian.base.exchange.envoy_routes import changed, route_configuration

SERVED = route_configuration("v1", {"a": {"c": "bulk"}, "b": {"c": "bulk"}})


def paths(routes: dict[str, Any]) -> set[str]:
    [host] = routes["virtual_hosts"]
    return set(host["matcher"]["matcher_tree"]["exact_match_map"]["map"])


def test_a_new_route_a_new_tier_and_the_version_are_what_changed() -> None:
    wanted = {"a": {"c": "trial"}, "b": {"c": "bulk"}, "new": {"c": "bulk"}}
    assert paths(changed(route_configuration("v2", wanted), SERVED)) == {"/__v", "/r/a", "/r/new"}


def test_a_route_that_goes_leaves_the_version_alone_to_look_at() -> None:
    assert paths(changed(route_configuration("v2", {"a": {"c": "bulk"}}), SERVED)) == {"/__v"}


@pytest.mark.parametrize("served", [{}, {"virtual_hosts": []}, {"virtual_hosts": [{"routes": []}]}])
def test_where_nothing_like_it_is_served_all_is_looked_through(served: dict[str, Any]) -> None:
    assert changed(SERVED, served) == SERVED


def test_what_is_not_built_as_ours_is_looked_through_whole() -> None:
    strange = {"virtual_hosts": [{"name": "a", "domains": ["*"], "routes": [{"match": {}}]}]}
    assert changed(strange, SERVED) == strange
