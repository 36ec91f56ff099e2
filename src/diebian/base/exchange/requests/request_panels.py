"""What components above add to the page of a request or resource. The exchange knows no name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor


@dataclass(frozen=True)
class RequestPanel:
    """`context` is asked with the request's key and the reader, who may see it; None: nothing."""

    slug: str
    template: str
    context: Callable[[int, Actor], Mapping[str, Any] | None]


request_panels = Registry[RequestPanel]("request panel")


def shown_panels(request_id: int, by: Actor) -> list[dict[str, Any]]:
    asked = [(one.template, one.context(request_id, by)) for one in request_panels]
    return [{"template": template, "told": told} for template, told in asked if told is not None]


@dataclass(frozen=True)
class ResourcePanel:
    """For each page that shows what a resource gave: its own, a grant's, a delivery's.

    `context` is asked with the slug and the reader; None: nothing.
    """

    slug: str
    template: str
    context: Callable[[str, Actor], Mapping[str, Any] | None]


resource_panels = Registry[ResourcePanel]("resource panel")


def panels_of_resource(resource: str, by: Actor) -> list[dict[str, Any]]:
    asked = [(one.template, one.context(resource, by)) for one in resource_panels]
    return [{"template": template, "told": told} for template, told in asked if told is not None]
