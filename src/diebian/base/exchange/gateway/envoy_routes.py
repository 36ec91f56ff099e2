"""The gateway's routes, made from grants. Nobody may pass unless a route says so.

Facts about Envoy 1.40, each found by trying: every publication refills the rate buckets; a plain
`Principal.metadata` is deprecated; the verified token stands in dynamic metadata, and a header is
never asked who is calling. The path is compared whole: with a query it is another path.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from diebian.base.exchange.protocol.deadline import PATIENCE

TYPE = "type.googleapis.com/envoy."
FILTER = f"{TYPE}extensions.filters.http."
JWT = "envoy.filters.http.jwt_authn"
SUBJECT = {"key": JWT, "path": [{"key": "jwt_payload"}, {"key": "sub"}]}
VERSION_PATH = "/__v"
VERSION_ROUTE = "__v"
PLAIN = re.compile(r"[a-z][a-z0-9-]{0,99}")  # a name that means nothing to Envoy, whichever it is
# burst, refilled each second; samples until the authority sets its own
TIERS = {
    "trial": (5, 1),
    "standard": (200, 100),
    "bulk": (1_000_000, 1_000_000),
}
SEASON_TIER = "season"  # nobody is granted it: the line keeps the pace then
SEASON = (10_000, 5_000)  # stops only what no people are
Granted = Mapping[str, Mapping[str, str]]  # resource slug → system → tier


def route_configuration(version: str, granted: Granted) -> dict[str, Any]:
    routes = [_version_route(version), *(_route(slug, granted[slug]) for slug in sorted(granted))]
    return {
        "@type": f"{TYPE}config.route.v3.RouteConfiguration",
        "name": "gateway",
        "virtual_hosts": [{"name": "gateway", "domains": ["*"], "matcher": _by_path(routes)}],
    }


def forms(granted: Granted) -> set[str]:
    """The routes of so many grants with numbers for their names: few, however many grants."""
    return {_form(_tiers(told)) for slug, told in granted.items() if _is_plain(slug, told)}


def unproved(granted: Granted, proved: Collection[str]) -> Granted:
    """Of `granted` one of each form that is not among those that Envoy took already.

    Each path is a route by itself, and what Envoy took once it takes again with other plain names
    in it: five thousand routes cost it seconds to look through.
    """
    asked: dict[str, Mapping[str, str]] = {}
    known = set(proved)
    for slug, told in granted.items():
        if not _is_plain(slug, told):
            asked[slug] = told
        elif (form := _form(_tiers(told))) not in known:
            known.add(form)
            asked[slug] = told
    return asked


def _is_plain(slug: str, tiers: Mapping[str, str]) -> bool:
    return all(map(PLAIN.fullmatch, (slug, *tiers)))


def _tiers(told: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(told[system] for system in sorted(told))


@cache
def _form(tiers: tuple[str, ...]) -> str:
    return json.dumps(_route("", {f"{number:03}": tier for number, tier in enumerate(tiers)}))


def _by_path(routes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Found in one step: a list of a hundred routes is asked one after the other for each call."""
    path = {"@type": "type.googleapis.com/envoy.type.matcher.v3.HttpRequestHeaderMatchInput"}
    kind = {"@type": f"{TYPE}config.route.v3.Route"}
    found = {
        route["match"]["path"]: {"action": {"name": "route", "typed_config": {**kind, **route}}}
        for route in routes
    }
    return {
        "matcher_tree": {
            "input": {"name": "path", "typed_config": {**path, "header_name": ":path"}},
            "exact_match_map": {"map": found},
        }
    }


def _version_route(version: str) -> dict[str, Any]:
    return {
        "name": VERSION_ROUTE,
        "match": {"path": VERSION_PATH},
        "direct_response": {"status": 200, "body": {"inline_string": version}},
        "typed_per_filter_config": {"envoy.filters.http.rbac": _rbac([{"any": True}])},
    }


def _route(slug: str, tiers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": slug,
        "match": {
            "path": f"/r/{slug}",
            "headers": [{"name": ":method", "string_match": {"exact": "POST"}}],
        },
        "route": {"cluster": "broker", "timeout": f"{PATIENCE.gateway:g}s"},
        "typed_per_filter_config": {
            "envoy.filters.http.rbac": _rbac([_is_system(system) for system in sorted(tiers)]),
            "envoy.filters.http.local_ratelimit": _limit(tiers),
        },
    }


def _rbac(principals: list[dict[str, Any]]) -> dict[str, Any]:
    policies = {"granted": {"permissions": [{"any": True}], "principals": principals}}
    return {
        "@type": f"{FILTER}rbac.v3.RBACPerRoute",
        "rbac": {"rules": {"action": "ALLOW", "policies": policies if principals else {}}},
    }


def _is_system(system: str) -> dict[str, Any]:
    matcher = {
        "filter": JWT,
        "path": SUBJECT["path"],
        "value": {"string_match": {"exact": system}},
    }
    return {"sourced_metadata": {"metadata_source": "DYNAMIC", "metadata_matcher": matcher}}


def _limit(tiers: Mapping[str, str]) -> dict[str, Any]:
    always = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    action = {"descriptor_key": "system", "source": "DYNAMIC", "metadata_key": SUBJECT}
    return {
        "@type": f"{FILTER}local_ratelimit.v3.LocalRateLimit",
        "stat_prefix": "limit",
        "filter_enabled": always,
        "filter_enforced": always,
        "token_bucket": _bucket("bulk"),
        "always_consume_default_token_bucket": False,
        "rate_limits": [{"actions": [{"metadata": action}]}],
        "descriptors": [
            {"entries": [{"key": "system", "value": system}], "token_bucket": _bucket(tier)}
            for system, tier in sorted(tiers.items())
        ],
    }


def _bucket(tier: str) -> dict[str, Any]:
    burst, each_second = SEASON if tier == SEASON_TIER else TIERS[tier]
    return {"max_tokens": burst, "tokens_per_fill": each_second, "fill_interval": "1s"}
