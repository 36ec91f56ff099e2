"""How a batch changes its lake table, by the collection's mode."""

from typing import Any

from .models import Mode
from .staged import Staged
from .store import TableStore
from .tasks import Task

LEAST_KEPT = 0.5  # a full collection that would leave less is looked at by a person first


def apply(store: TableStore, task: Task, staged: Staged, *, is_new: bool) -> int:
    """Inside `store.writing`. Gives how many rows of the lake are different afterwards."""
    columns = list(task.types)
    if is_new:
        return store.create(task.lake_table, task.types, staged.good)
    if is_unchanged(task, staged):
        return 0
    _add_new_columns(store, task)
    if task.mode == Mode.FULL and not task.key:
        return store.clear(task.lake_table) + store.append(task.lake_table, staged.good)
    changed = store.merge(task.lake_table, task.key, columns, staged.good)
    if task.mode == Mode.FULL and not task.is_back_fill:
        changed += store.keep_only(task.lake_table, task.key, staged.keys)
    if staged.gone:
        changed += store.remove(task.lake_table, task.key, staged.gone)
    return changed


def is_unchanged(task: Task, staged: Staged) -> bool:
    """A whole table with the checksum that the lake's has: there is nothing to compare."""
    is_whole = task.mode == Mode.FULL and not task.is_back_fill and not staged.bad
    return is_whole and task.last == (staged.checksum, staged.taken)


def shrunk(store: TableStore, task: Task, staged: Staged) -> dict[str, Any]:
    """A source that was emptied by mistake must not empty the lake."""
    if task.mode != Mode.FULL or task.options.get("may_shrink") or is_unchanged(task, staged):
        return {}
    held = store.count(task.lake_table)
    return {"shrunk": [held, staged.read]} if staged.read < held * LEAST_KEPT else {}


def _add_new_columns(store: TableStore, task: Task) -> None:
    have = store.columns(task.lake_table)
    for name, type_ in task.types.items():
        if name not in have:
            store.add_column(task.lake_table, name, type_)
