"""Systems that a service task may call: whoever owns one puts it on this shelf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from diebian.kernel.registry import Registry

from .drawing import DONE


@dataclass(frozen=True)
class Asked:
    """What a service is told. `key` is the same when it is asked the same a second time."""

    key: str
    case: int
    business_key: str
    element: str
    item: str
    form: Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    outcome: str = DONE
    form: Mapping[str, Any] = field(default_factory=dict)  # goes into the case's form
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """`ask` runs outside of any step. It raises for what may go better the next time."""

    slug: str
    title: str
    ask: Callable[[Asked], Answered]


services = Registry[Service]("process service")
