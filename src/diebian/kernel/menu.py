"""The places in the head of every page. Any layer puts its own there; the portal shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .registry import Registry
from .waiting import Waits


class Group(StrEnum):
    """Places of one kind. Whoever has several of them sees them as one, which opens.

    In the order in which they stand in the head, after what stands there alone.
    """

    MINE = "我的"
    WINDOW = "窗口"
    ITEMS = "事项与流程"
    DATA = "数据工作"
    OVERSIGHT = "督办"
    MORE = "更多"


@dataclass(frozen=True)
class MenuEntry:
    """A place in the head of every page, for those whom `is_for` names.

    `is_for` is asked with the acting `Actor`, a word that this layer does not know.
    """

    slug: str
    title: str
    url_name: str
    is_for: Callable[[Any], bool]
    waits: Waits | None = None  # rows that wait there for these posts; nought is not shown
    is_public: bool = False  # then visitors who are not signed in see it, too
    group: Group | None = None
    is_desk: bool = True  # whether signing in may lead there; not to what everybody has


menu = Registry[MenuEntry]("menu entry")
