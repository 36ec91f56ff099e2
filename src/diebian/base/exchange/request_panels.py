"""What components above add to a request's page. The exchange shows it and knows no name."""

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
