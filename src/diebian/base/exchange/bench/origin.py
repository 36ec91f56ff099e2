"""A department's system that answers at once: an Envoy that does nothing but answer.

`configuration` is for `envoy -c`. The same body on a port (for the broker) and on a socket.
"""

import json
from pathlib import Path
from typing import Any

from diebian.base.exchange.gateway.envoy_bootstrap import HTTP_MANAGER
from diebian.base.exchange.gateway.envoy_routes import FILTER

SYSTEM = "bench"
ROW = {"zl": "样例小区 1 号楼", "mj": "89.50", "xzq": "880101"}
ANSWER = json.dumps({"code": "0000", "rows": [ROW]}, ensure_ascii=False)
CONTRACT = {
    "system": SYSTEM,
    "path": "/ask",
    "format": "json",
    "headers": {},
    "request": {"id_number": "zjhm", "name": "xm"},
    "person": "id_number",
    "fixed": {},
    "success": {"field": "code", "value": "0000"},
    "rows": "rows",
    "fields": {"address": "zl", "area": "mj", "place": "xzq"},
    "region": "place",
    "probe": {"id_number": "219902198803120029", "name": "样例"},
}


def configuration(*, port: int, socket: Path) -> dict[str, Any]:
    return {
        "static_resources": {
            "listeners": [
                _listener("port", {"socket_address": _at(port)}),
                _listener("socket", {"pipe": {"path": str(socket)}}),
            ]
        }
    }


def _at(port: int) -> dict[str, Any]:
    return {"address": "127.0.0.1", "port_value": port}


def _listener(name: str, address: dict[str, Any]) -> dict[str, Any]:
    answer = {"status": 200, "body": {"inline_string": ANSWER}}
    kind = {
        "header": {"key": "content-type", "value": "application/json"},
        "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
    }
    route = {
        "match": {"prefix": "/"},
        "direct_response": answer,
        "response_headers_to_add": [kind],
    }
    return {"name": name, "address": address, "filter_chains": [{"filters": [manager(route)]}]}


def manager(route: dict[str, Any]) -> dict[str, Any]:
    """An HTTP manager with the router alone, and nothing written down."""
    router = {
        "name": "envoy.filters.http.router",
        "typed_config": {"@type": f"{FILTER}router.v3.Router"},
    }
    host = {"name": "all", "domains": ["*"], "routes": [route]}
    told = {
        "@type": HTTP_MANAGER,
        "stat_prefix": "plain",
        "codec_type": "HTTP1",
        "route_config": {"virtual_hosts": [host]},
        "http_filters": [router],
    }
    return {"name": "hcm", "typed_config": told}
