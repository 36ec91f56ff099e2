"""Envoy's configuration, made from grants. Nobody may pass unless a route says so.

Facts about Envoy 1.40 that shape this file, each found by trying: the signing keys are read once at
start; a file is noticed when it is renamed into the watched folder, not when written in place; an
empty internal_address_config would make loopback trusted; every publication refills rate buckets.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from diebian.kernel import clock
from diebian.security.keys.public import (
    TOKEN_AUDIENCE,
    TOKEN_ISSUER,
    TOKEN_SECONDS,
    token_keys,
)

from .models import Grant

TYPE = "type.googleapis.com/envoy."
NETWORK = f"{TYPE}extensions.filters.network."
HTTP_MANAGER = f"{NETWORK}http_connection_manager.v3.HttpConnectionManager"
FILTER = f"{TYPE}extensions.filters.http."
JWT = "envoy.filters.http.jwt_authn"
SUBJECT = {"key": JWT, "path": [{"key": "jwt_payload"}, {"key": "sub"}]}
LARGEST_BODY = 64 * 1024
# burst, refilled each second; samples until the authority sets its own
TIERS = {"trial": (5, 1), "standard": (200, 100), "bulk": (1_000_000, 1_000_000)}
SPOOFABLE = ("x-client-id", "x-client-jti")
ACCESS = {
    "at": "%START_TIME(%Y-%m-%dT%H:%M:%E3SZ)%",
    "request_id": "%STREAM_ID%",
    "route": "%ROUTE_NAME%",
    "system": f"%DYNAMIC_METADATA({JWT}:jwt_payload:sub)%",
    "status": "%RESPONSE_CODE%",
    "flags": "%RESPONSE_FLAGS%",
    "ms": "%DURATION%",
}
PROBLEMS = (
    ("exchange.gateway_upstream", "数据服务暂时不可用，请稍后再试", None),
    ("exchange.no_valid_token", "缺少有效的访问令牌", ("EQ", 401)),
    ("exchange.not_granted", "本系统未获授权调用该接口", ("EQ", 403)),
    ("exchange.too_large", "请求内容太大", ("EQ", 413)),
    ("exchange.over_limit", "调用频率超过授权额度", ("EQ", 429)),
    ("exchange.not_accepted", "请求未被受理", ("GE", 400)),
)
UPSTREAM_FLAGS = ["UF", "UH", "UC", "UT", "UO", "NC", "URX", "LR", "UR", "DPE", "UPE"]


def folder() -> Path:
    return Path(settings.DIEBIAN_DATA) / "gateway"


def publish() -> str:
    """Writes what the grants say now; returns the version. One publisher at a time."""
    home = folder()
    for name in ("routes", "access"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        version = f"v{time.time_ns()}"
        resources = [route_configuration(version, _granted())]
        _swap(home / "routes" / "routes.json", {"version_info": version, "resources": resources})
    return version


def route_configuration(version: str, granted: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """`granted`: resource slug → system → tier."""
    routes = [_version_route(version), *(_route(slug, granted[slug]) for slug in sorted(granted))]
    return {
        "@type": f"{TYPE}config.route.v3.RouteConfiguration",
        "name": "gateway",
        "virtual_hosts": [{"name": "gateway", "domains": ["*"], "routes": routes}],
    }


def bootstrap(*, instance: str, port: int, broker: Path, admin: Path) -> dict[str, Any]:
    listener = {
        "name": "gateway",
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
        "per_connection_buffer_limit_bytes": LARGEST_BODY,
        "filter_chains": [
            {"filters": [{"name": "hcm", "typed_config": _connection_manager(instance)}]}
        ],
    }
    return {
        "node": {"id": instance, "cluster": "diebian"},
        "admin": {"address": {"pipe": {"path": str(admin), "mode": 0o600}}},
        "static_resources": {"listeners": [listener], "clusters": [_cluster(broker)]},
    }


def _granted() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = Grant.objects.filter(Q(revoked_at=None), request__valid_to__gte=clock.today())
    for grant in rows.select_related("request__resource"):
        of = found.setdefault(grant.request.resource.slug, {})
        of[grant.system] = grant.request.tier
    return found


def _version_route(version: str) -> dict[str, Any]:
    return {
        "name": "__v",
        "match": {"path": "/__v"},
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
        "route": {"cluster": "broker", "timeout": "8s"},
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
    """From the verified token, never from a header."""
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
    burst, each_second = TIERS[tier]
    return {"max_tokens": burst, "tokens_per_fill": each_second, "fill_interval": "1s"}


def _connection_manager(instance: str) -> dict[str, Any]:
    home = folder()
    mutations = [{"remove": header} for header in SPOOFABLE]
    strip = f"{TYPE}extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation"
    log = f"{TYPE}extensions.access_loggers.file.v3.FileAccessLog"
    nobody = [{"address_prefix": "255.255.255.255", "prefix_len": 32}]
    routes = home / "routes"
    return {
        "@type": HTTP_MANAGER,
        "stat_prefix": "gateway",
        "codec_type": "HTTP1",
        "server_name": "diebian",
        "use_remote_address": True,
        "internal_address_config": {"cidr_ranges": nobody},
        "always_set_request_id_in_response": True,
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "REJECT_REQUEST",
        "max_request_headers_kb": 16,
        "request_headers_timeout": "5s",
        "request_timeout": "15s",
        "common_http_protocol_options": {
            "idle_timeout": "60s",
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "local_reply_config": {"mappers": [_problem(*problem) for problem in PROBLEMS]},
        "early_header_mutation_extensions": [
            {"name": "strip", "typed_config": {"@type": strip, "mutations": mutations}}
        ],
        "access_log": [
            {
                "name": "file",
                "typed_config": {
                    "@type": log,
                    "path": str(home / "access" / f"{instance}.log"),
                    "log_format": {"json_format": ACCESS, "omit_empty_values": True},
                },
            }
        ],
        "http_filters": list(_filters()),
        "rds": {
            "route_config_name": "gateway",
            "config_source": {
                "path_config_source": {
                    "path": str(routes / "routes.json"),
                    "watched_directory": {"path": str(routes)},
                },
                "resource_api_version": "V3",
            },
        },
    }


def _filters() -> Iterable[dict[str, Any]]:
    provider = {
        "issuer": TOKEN_ISSUER,
        "audiences": [TOKEN_AUDIENCE],
        "payload_in_metadata": "jwt_payload",
        "local_jwks": {"inline_string": json.dumps(token_keys())},
        # Without it ?access_token= would be taken as well.
        "from_headers": [{"name": "authorization", "value_prefix": "Bearer "}],
        "require_expiration": True,
        "max_lifetime": f"{TOKEN_SECONDS}s",
        "clock_skew_seconds": 5,
        "jwt_cache_config": {"jwt_cache_size": 1000},
        "claim_to_headers": [{"header_name": "x-client-id", "claim_name": "sub"}],
    }
    rules = [
        {"match": {"path": "/__v"}},
        {"match": {"prefix": "/"}, "requires": {"provider_name": "sts"}},
    ]
    for name, kind, told in (
        (
            "jwt_authn",
            "jwt_authn.v3.JwtAuthentication",
            {"providers": {"sts": provider}, "rules": rules},
        ),
        ("rbac", "rbac.v3.RBAC", {"rules": {"action": "ALLOW", "policies": {}}}),
        ("local_ratelimit", "local_ratelimit.v3.LocalRateLimit", {"stat_prefix": "limit"}),
        ("buffer", "buffer.v3.Buffer", {"max_request_bytes": LARGEST_BODY}),
        ("router", "router.v3.Router", {}),
    ):
        typed = {"@type": f"{FILTER}{kind}", **told}
        yield {"name": f"envoy.filters.http.{name}", "typed_config": typed}


def _problem(code: str, title: str, when: tuple[str, int] | None) -> dict[str, Any]:
    body = {
        "type": f"urn:diebian:problem:{code}",
        "title": title,
        "status": "%RESPONSE_CODE%",
        "code": code,
        "request_id": "%STREAM_ID%",
    }
    told = {
        "body_format_override": {"content_type": "application/problem+json", "json_format": body}
    }
    if when is None:
        return {**told, "filter": {"response_flag_filter": {"flags": UPSTREAM_FLAGS}}}
    operator, status = when
    value = {"default_value": status, "runtime_key": f"reply.{code}"}
    comparison = {"op": operator, "value": value}
    return {**told, "filter": {"status_code_filter": {"comparison": comparison}}}


def _cluster(broker: Path) -> dict[str, Any]:
    options = f"{TYPE}extensions.upstreams.http.v3.HttpProtocolOptions"
    endpoint = {"endpoint": {"address": {"pipe": {"path": str(broker)}}}}
    return {
        "name": "broker",
        "type": "STATIC",
        "connect_timeout": "1s",
        "load_assignment": {
            "cluster_name": "broker",
            "endpoints": [{"lb_endpoints": [endpoint]}],
        },
        "typed_extension_protocol_options": {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                "@type": options,
                "common_http_protocol_options": {"idle_timeout": "20s"},
                "explicit_http_config": {"http_protocol_options": {}},
            }
        },
    }


def _swap(file: Path, told: object) -> None:
    """Write beside, flush to disk, rename into the watched folder."""
    part = file.parent.parent / f".{file.name}.{os.getpid()}"
    with part.open("w") as out:
        json.dump(told, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    part.rename(file)
