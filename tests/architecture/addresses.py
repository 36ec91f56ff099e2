"""Every address that the platform answers, as the URL configuration tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]  # what it wants to be told

    def filled(self, arguments: Mapping[str, object]) -> str:
        wanted = {name: arguments[name] for name in self.arguments}
        return reverse(self.name, kwargs=wanted)


def addresses() -> dict[str, Address]:
    return {one.name: one for one in _found(get_resolver(), "")}


def _found(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _found(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern):
            wanted = tuple(one.pattern.regex.groupindex) or tuple(one.pattern.converters)
            yield Address(f"{prefix}{one.name or one.pattern}", wanted)
