"""What an Envoy of the gateway is started with: listener, filters, log, the way to the broker.

Facts about Envoy 1.40, each found by trying: the signing keys are read once at start; a file is
noticed when it is renamed into the watched folder, not when written in place; an empty
`internal_address_config` would make loopback trusted, and the client's request id with it.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from diebian.base.exchange.protocol.envelope import INSTANCE_HEADER, LARGEST_BODY
from diebian.security.keys.public import TOKEN_AUDIENCE, TOKEN_ISSUER, TOKEN_SECONDS, token_keys

from .envoy_problems import STARTED, local_replies
from .envoy_routes import FILTER, JWT, TYPE, VERSION_PATH

BROKER_CONNECTIONS = 1000  # of one Envoy; the broker takes four times as many
REFUSED = 400  # from this status on
HTTP_MANAGER = f"{TYPE}extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
SPOOFABLE = ("x-client-id", "x-client-jti")
ACCESS = {
    "at": STARTED,
    "connection": "%CONNECTION_ID%",
    "request_id": "%STREAM_ID%",
    "route": "%ROUTE_NAME%",
    "system": f"%DYNAMIC_METADATA({JWT}:jwt_payload:sub)%",
    "status": "%RESPONSE_CODE%",
    "flags": "%RESPONSE_FLAGS%",
    "ms": "%DURATION%",
}

LOGGED = {  # of what is refused besides: the caller's words, as `refused` reads them
    "purpose": "%REQ(X-PURPOSE):1600%",
    "reader": "%REQ(X-READER):800%",
    "case": "%REQ(X-CASE-NO):40%",
}


def bootstrap(
    *,
    instance: str,
    port: int,
    broker: Path,
    admin: Path,
    log: Path,
    routes: Path | dict[str, Any],
) -> dict[str, Any]:
    """`routes`: the file to watch, or the routes themselves (for a check before publishing)."""
    listener = {
        "name": "gateway",
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": port}},
        "per_connection_buffer_limit_bytes": LARGEST_BODY,
        "filter_chains": [
            {"filters": [{"name": "hcm", "typed_config": _manager(instance, log, routes)}]}
        ],
    }
    return {
        "node": {"id": instance, "cluster": "diebian"},
        "admin": {"address": {"pipe": {"path": str(admin), "mode": 0o600}}},
        "static_resources": {"listeners": [listener], "clusters": [cluster(broker)]},
    }


def _manager(instance: str, log: Path, routes: Path | dict[str, Any]) -> dict[str, Any]:
    nobody = [{"address_prefix": "255.255.255.255", "prefix_len": 32}]
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
        "drain_timeout": "2s",
        "common_http_protocol_options": {
            "idle_timeout": "60s",
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        "local_reply_config": local_replies(),
        "early_header_mutation_extensions": [_first_of_all(instance)],
        "access_log": [
            _access_log(log, "LE", REFUSED - 1, ACCESS),
            _access_log(log, "GE", REFUSED, {**ACCESS, **LOGGED}),
        ],
        "http_filters": list(_filters()),
        **({"rds": _watched(routes)} if isinstance(routes, Path) else {"route_config": routes}),
    }


def _first_of_all(instance: str) -> dict[str, Any]:
    """Before any filter: what a client may not say is removed, what only we say is set."""
    name = {"header": {"key": INSTANCE_HEADER, "value": instance}}
    mutations = [
        *({"remove": header} for header in SPOOFABLE),
        {"append": {**name, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}},
    ]
    kind = f"{TYPE}extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation"
    return {"name": "first", "typed_config": {"@type": kind, "mutations": mutations}}


def _access_log(file: Path, operator: str, status: int, told: dict[str, str]) -> dict[str, Any]:
    """Two of them write one file: of what is refused it says what for. No path in it: a path may
    carry what people put there.
    """
    kind = f"{TYPE}extensions.access_loggers.file.v3.FileAccessLog"
    value = {"default_value": status, "runtime_key": f"log.{operator.lower()}"}
    only = {"status_code_filter": {"comparison": {"op": operator, "value": value}}}
    told_as = {"json_format": told, "omit_empty_values": True}
    return {
        "name": "file",
        "filter": only,
        "typed_config": {"@type": kind, "path": str(file), "log_format": told_as},
    }


def _watched(routes: Path) -> dict[str, Any]:
    return {
        "route_config_name": "gateway",
        "config_source": {
            "path_config_source": {
                "path": str(routes),
                "watched_directory": {"path": str(routes.parent)},
            },
            "resource_api_version": "V3",
        },
    }


def _filters() -> Iterable[dict[str, Any]]:
    for name, kind, told in (
        ("jwt_authn", "jwt_authn.v3.JwtAuthentication", _tokens()),
        ("rbac", "rbac.v3.RBAC", {"rules": {"action": "ALLOW", "policies": {}}}),
        ("local_ratelimit", "local_ratelimit.v3.LocalRateLimit", {"stat_prefix": "limit"}),
        ("buffer", "buffer.v3.Buffer", {"max_request_bytes": LARGEST_BODY}),
        ("router", "router.v3.Router", {}),
    ):
        typed = {"@type": f"{FILTER}{kind}", **told}
        yield {"name": f"envoy.filters.http.{name}", "typed_config": typed}


def _tokens() -> dict[str, Any]:
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
        {"match": {"path": VERSION_PATH}},
        {"match": {"prefix": "/"}, "requires": {"provider_name": "sts"}},
    ]
    # Else `www-authenticate` repeats the address, and with it a token that somebody put there.
    return {"providers": {"sts": provider}, "rules": rules, "strip_failure_response": True}


def cluster(broker: Path) -> dict[str, Any]:
    options = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
    endpoint = {"endpoint": {"address": {"pipe": {"path": str(broker)}}}}
    return {
        "name": "broker",
        "type": "STATIC",
        "connect_timeout": "1s",
        # What finds no connection waits in Envoy, in the order of coming, until its time is over.
        "circuit_breakers": {
            "thresholds": [
                {
                    "max_connections": BROKER_CONNECTIONS,
                    "max_pending_requests": 100_000,
                    "max_requests": 100_000,
                }
            ]
        },
        "load_assignment": {
            "cluster_name": "broker",
            "endpoints": [{"lb_endpoints": [endpoint]}],
        },
        "typed_extension_protocol_options": {
            options: {
                "@type": f"type.googleapis.com/{options}",
                "common_http_protocol_options": {"idle_timeout": "20s"},
                "explicit_http_config": {"http_protocol_options": {}},
            }
        },
    }
