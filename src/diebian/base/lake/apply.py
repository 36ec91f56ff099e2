"""How a batch changes its lake table, by the collection's mode."""

from typing import Any

from .models import Mode
from .staged import Staged
from .store import TableStore
from .tasks import Task

LONGEST_STEM = 50  # of a table's name, so that a version fits behind it
LEAST_KEPT = 0.5  # a full collection that would leave less is looked at by a person first


def apply(store: TableStore, task: Task, staged: Staged, *, is_new: bool) -> int:
    """Inside `store.writing`. Gives how many rows of the lake are different afterwards."""
    columns = list(task.types)
    if is_new:
        return store.create(task.lake_table, task.types, staged.good)
    if is_unchanged(task, staged):
        return 0
    _reshape(store, task)
    if task.is_anew:
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


def _reshape(store: TableStore, task: Task) -> None:
    """The table gets the columns of the definition, and what it held stays.

    A column of another type is set aside under another name. A column that is not taken any more
    keeps its values where rows are known by a key; else the table is kept as it was.
    """
    have, suffix = store.columns(task.lake_table), f"__{task.version}"
    gone = [name for name in have if name not in task.types]
    retyped = [name for name, type_ in task.types.items() if have.get(name, type_) != type_]
    if task.is_anew and store.has_values(task.lake_table, [*gone, *retyped]):
        store.copy(task.lake_table, f"{stem_of(task.lake_table, task.collection_id)}{suffix}")
    for name in retyped:
        store.rename_column(task.lake_table, name, f"{name}{suffix}")
    for name, type_ in task.types.items():
        if name not in have or name in retyped:
            store.add_column(task.lake_table, name, type_)


def stem_of(table: str, collection: int) -> str:
    """Of a copy's name: of two long names that begin alike each has one of its own."""
    if len(table) <= LONGEST_STEM:
        return table
    number = f"_{collection}"
    return f"{table[: LONGEST_STEM - len(number)]}{number}"
