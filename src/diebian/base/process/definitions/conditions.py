"""What a drawing says in FEEL, read at deployment and asked in a step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LONGEST = 500
COMPARED = re.compile(r'([\w.]+)\s*(=|!=|<|<=|>|>=)\s*("[^"]*"|[\d.]+|true|false)$')
PATH = re.compile(r"[\w.]+$")


class Unclear(ValueError):
    """No expression."""


class Missing(ValueError):
    """It reads what is not there."""


@dataclass(frozen=True)
class Condition:
    """TEMPORARY: until the room `expressions` is there."""

    text: str
    path: tuple[str, ...]
    sign: str
    value: Any

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        return frozenset({self.path})

    def evaluate(self, scope: Mapping[str, Any]) -> Any:
        found: Any = scope
        for name in self.path:
            if name not in found:
                raise Missing(".".join(self.path))
            found = found[name]
        if not self.sign:
            return found
        return (
            {"=": found == self.value, "!=": found != self.value}.get(self.sign)
            if self.sign in {"=", "!="}
            else (found < self.value if self.sign == "<" else found > self.value)
        )


def read_condition(text: str) -> Condition:
    told = text.strip()
    if len(told) > LONGEST:
        raise Unclear("长于 500 字")
    if found := COMPARED.match(told):
        word = found[3]
        value = (
            word[1:-1]
            if word[0] == '"'
            else (word == "true")
            if word in {"true", "false"}
            else Decimal(word)
        )
        return Condition(told, tuple(found[1].split(".")), found[2], value)
    if PATH.match(told):
        return Condition(told, tuple(told.split(".")), "", None)
    raise Unclear(told)
