"""Interfaces that the platform answers from what it holds itself, instead of asking a system.

A contract names who answers in `answered_by`; all else about it is an interface like any other:
asked for, granted by column, called through the gateway, counted, and seen in 谁查过我.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diebian.kernel.registry import Registry

from .formats import Row

if TYPE_CHECKING:  # slow to load: not for every process that knows this component
    import asyncpg

Contract = Mapping[str, Any]


@dataclass(frozen=True)
class OwnAnswers:
    """`columns`: of a contract, without reading anybody's row; `rows`: to a question, in the names
    of the contract's `fields`, every value a text.
    """

    slug: str
    columns: Callable[[Contract], set[str]]
    rows: Callable[["asyncpg.Pool", Contract, Mapping[str, str]], Awaitable[list[Row]]]


own_answers = Registry[OwnAnswers]("own answers")


def answerer_of(contract: Contract) -> OwnAnswers | None:
    """Nobody, where a department's system is asked."""
    named = contract.get("answered_by")
    return own_answers.get(named) if named else None
