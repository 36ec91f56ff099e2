"""Our own API as OpenAPI 3.1: every address under /api/, and what its component says of it.

Addresses come from the URL configuration, so none can be missing; a component registers what a
URL cannot tell: methods, meaning, the shape of what is sent.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from .registry import Registry

ROOT = "api/"
PROBLEM = {
    "description": "拒绝或出错，code 是稳定的（RFC 9457）",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "array"}},
        "request_id": {"type": "string"},
    },
}


SHAPES: Mapping[type, Mapping[str, str]] = {
    UUIDConverter: {"type": "string", "format": "uuid"},
    IntConverter: {"type": "integer"},
}


@dataclass(frozen=True)
class Operation:
    """`slug` is the method and the name of the address: `GET catalogue:api-entries`."""

    slug: str
    summary: str
    sends: Mapping[str, Any] | None = None  # a JSON schema
    answers: Mapping[int, str] = field(default_factory=lambda: {200: "内容"})
    kind: str = "application/json"
    query: Mapping[str, str] = field(default_factory=dict)  # name and meaning
    is_public: bool = False


operations = Registry[Operation]("api operation")


def document(*, title: str, version: str, server: str) -> Mapping[str, Any]:
    told: dict[str, dict[str, Operation]] = defaultdict(dict)
    for one in operations:
        method, name = one.slug.split()
        told[name][method.lower()] = one
    paths: dict[str, Any] = {}
    for name, pattern in _addresses(get_resolver(), ""):
        path, parameters = _path(pattern)
        if path.startswith(f"/{ROOT}"):
            known = told.get(name, {})
            shown = {method: _operation(name, method, one) for method, one in known.items()}
            paths[path] = {"parameters": parameters, **shown} if parameters else shown
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "servers": [{"url": server}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {"Problem": PROBLEM_SCHEMA},
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
        },
    }


def _addresses(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _addresses(one, inner)
        elif isinstance(one, URLPattern):
            yield f"{prefix}{one.name}", one


def _path(pattern: URLPattern) -> tuple[str, list[Mapping[str, Any]]]:
    path = f"/{pattern.pattern}"
    parameters: list[Mapping[str, Any]] = []
    for name, converter in pattern.pattern.converters.items():
        schema = SHAPES.get(type(converter), {"type": "string"})
        parameters.append({"name": name, "in": "path", "required": True, "schema": schema})
        before, _, rest = path.partition("<")
        path = f"{before}{{{name}}}{rest.partition('>')[2]}"
    return path, parameters


def _operation(name: str, method: str, one: Operation) -> Mapping[str, Any]:
    shown: dict[str, Any] = {
        "operationId": f"{method}-{name.replace(':', '-')}",
        "summary": one.summary,
        "tags": [name.split(":", maxsplit=1)[0]],
        "responses": {
            **{
                str(status): {"description": says, "content": {one.kind: {}}}
                for status, says in one.answers.items()
            },
            "default": PROBLEM,
        },
        "security": [] if one.is_public else [{"session": []}],
    }
    if one.query:
        shown["parameters"] = [
            {"name": word, "in": "query", "description": says, "schema": {"type": "string"}}
            for word, says in one.query.items()
        ]
    if one.sends is not None:
        shown["requestBody"] = {"content": {"application/json": {"schema": one.sends}}}
    return shown
