"""Who names an element. Components above register; the register knows no name of theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diebian.kernel.registry import Registry
from diebian.security.identity.public import Actor

from .facts import DataElement


@dataclass(frozen=True)
class Named:
    """One item or column. `differs`: why it does not agree with its element, or empty."""

    words: str
    where: str
    href: str
    differs: str = ""


@dataclass(frozen=True)
class Names:
    """What a reader may see of one kind, how many there are, and the first of them."""

    count: int
    first: Sequence[Named]


@dataclass(frozen=True)
class ElementUser:
    """`names` is asked with the element, the reader and how many to list at most."""

    slug: str
    title: str
    names: Callable[[DataElement, Actor, int], Names]


element_users: Registry[ElementUser] = Registry("user of data elements")
