"""What others know of the quality of a collected table. Nothing is shown of what nobody knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from diebian.kernel.registry import Registry


@dataclass(frozen=True)
class Quality:
    title: str  # what was looked at
    says: str  # in words for everybody; no value of a row, no key
    at: datetime


@dataclass(frozen=True)
class QualitySource:
    """`tell` is asked with the slug of a collection."""

    slug: str
    tell: Callable[[str], list[Quality]]


quality_sources: Registry[QualitySource] = Registry("quality source")


def quality_of(collection: str) -> list[Quality]:
    return [one for source in quality_sources for one in source.tell(collection)]
