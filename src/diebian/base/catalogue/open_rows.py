"""Rows of a table that anybody may read. Whoever keeps rows registers how; here stands who may.

Openly readable: the entry is published and open to all without conditions, and each column that
would be given is described there, is no personal information, is below level three and may be
shared. One column that is not so keeps the table shut: nobody guesses which were left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diebian.kernel.registry import Registry
from diebian.standards.opening import HIGHEST_OPEN
from diebian.standards.sharing import OpenType, SharingType

from .refusals import NotOpenToAll
from .resources import ColumnLine, ResourceLine


@dataclass(frozen=True)
class RowQuestion:
    """In our column names. `filters`: any of these values; `order`: column, from the top down."""

    columns: Sequence[str]
    filters: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    order: Sequence[tuple[str, bool]] = ()
    limit: int = 100
    offset: int = 0
    is_counted: bool = True


@dataclass(frozen=True)
class RowAnswer:
    """`types`: the database's word for each; `rows`: a number for paging, then the columns."""

    types: Mapping[str, str]
    rows: Sequence[tuple[Any, ...]]
    total: int | None


@dataclass(frozen=True)
class RowSource:
    slug: str  # the kind of resource
    read: Callable[[ResourceLine, RowQuestion], RowAnswer]


row_sources = Registry[RowSource]("row source")


def read_openly(resource: ResourceLine, asked: RowQuestion) -> RowAnswer:
    """Raises `NotOpenToAll` with the reason, and what the source refuses."""
    if why := shut_because(resource):
        raise NotOpenToAll(why)
    return row_sources.get(resource.kind).read(resource, asked)


def shut_because(resource: ResourceLine) -> str:
    """Empty where anybody may read all rows."""
    if not any(source.slug == resource.kind for source in row_sources):
        return "这个资源不是库表，没有可以直接读的行"
    if not resource.is_open:
        return "目录已撤销，或资源已卸载"
    if resource.open_type != OpenType.UNCONDITIONAL or resource.level > HIGHEST_OPEN:
        return "目录没有写无条件向社会开放"
    shut = [one.name for one in resource.columns if not _is_harmless(one)]
    return f"有不能向社会开放的信息项：{'、'.join(shut)}" if shut else ""


def _is_harmless(column: ColumnLine) -> bool:
    is_low = column.level <= HIGHEST_OPEN
    return is_low and not column.privacy and column.sharing != SharingType.NEVER
