"""What components above add to an entry's page. The catalogue shows it and knows no name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor


@dataclass(frozen=True)
class Panel:
    """`context` is asked with the entry and the reader; `template` stands in their component."""

    slug: str
    template: str
    context: Callable[[UUID, Actor], Mapping[str, Any]]


panels = Registry[Panel]("catalogue panel")
