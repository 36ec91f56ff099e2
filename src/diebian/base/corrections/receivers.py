"""Who else came by a value than those who read the resource itself, or received it whole: what was
compared with it, what was made of it. Components above register how to find them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Corrected:
    """`resources`: slugs of all that is mounted behind the entry. Of what is about nobody, or about
    somebody without an account, `id_number` may be empty.
    """

    entry: UUID
    resources: frozenset[str]
    subject: str  # blind: identity.subject_ref
    id_number: str


@dataclass(frozen=True)
class Had:
    """One department (credit code): how it came by the value and what it does now, in a sentence
    without its stop; `href` is the page where that is its own.
    """

    department: str
    words: str
    href: str


@dataclass(frozen=True)
class Receivers:
    slug: str
    found: Callable[[Corrected], Sequence[Had]]


receivers: Registry[Receivers] = Registry("receivers of values")
