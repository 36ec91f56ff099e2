"""归集: source, staging, checks, then one snapshot for a handful of tables.

Some lanes, each taking the next table that nobody has and carrying it all the way: so that sources,
this process and the catalogue work at the same time, whichever of them is the slowest. Only one
writes at a time. Small tables share a snapshot; a large one has its own.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from uuid import uuid4

import duckdb
from django.db import connections

from diebian.kernel.errors import DiebianError, first_line
from diebian.kernel.progress import Progress, Report, quiet

from . import runs
from . import watch as watching
from .apply import apply, shrunk
from .drift import drift
from .models import Run, RunState
from .refusals import Overdue, ShapeChanged, SourceSlow, Stopped
from .sources import Readers
from .staged import Staged
from .staging import drop, stage
from .store import Note, TableStore
from .tasks import Task
from .watch import Watch

LANES = 3  # two read while one writes
GROUP_ROWS = 200_000
GROUP_TABLES = 32
HEED_SECONDS = 1.0
MOST_SLOW = 2  # tables of one source that may run over their time; then the others do not wait
log = logging.getLogger(__name__)


Point = Callable[[str], None]  # where a test may end this process


@dataclass
class Group:
    """What goes into one snapshot, and what ended before it got there."""

    good: list[tuple[Task, Staged]] = field(default_factory=list)
    ended: list[tuple[Task, RunState, str]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        rows = sum(staged.read for _, staged in self.good)
        return rows >= GROUP_ROWS or len(self.good) + len(self.ended) >= GROUP_TABLES


class Session:
    """The collecting of some tasks. Their tables are locked, their runs are open."""

    def __init__(
        self, store: TableStore, tasks: Sequence[Task], *, report: Report, point: Point = quiet
    ) -> None:
        self.store, self.tasks, self.report, self.point = store, tasks, report, point
        self._untaken, self._taking = iter(tasks), Lock()
        # DuckLake 1.5.5 loses its way in its catalogue when two commit from one process.
        self._writing = Lock()
        self._failed: list[BaseException] = []
        self._over = Event()
        self._done = self._rows = 0
        self._known = store.tables()
        self._run_ids = [task.run_id for task in tasks]
        self._stopping: set[int] = set()
        self._slow: Counter[str] = Counter()
        self._reading: dict[int, tuple[Task, Watch]] = {}  # by lane

    def collect(self) -> None:
        """The first lane is the caller's own thread. What breaks one ends the other after the
        group that it has in hand.
        """
        self._hear()
        heeding = Thread(target=self._heed, name="lake-heeder", daemon=True)
        heeding.start()
        beside = [self._opened(number) for number in range(1, min(LANES, len(self.tasks)))]
        try:
            self._drive(0)
        finally:
            for one in beside:
                one.join()
            self._over.set()
            heeding.join()
        if self._failed:
            raise self._failed[0]

    def _opened(self, number: int) -> Thread:
        def work() -> None:
            try:
                self._drive(number)
            finally:
                connections.close_all()

        # With what the caller's thread holds: the clock, and whom a line of the log is about.
        lane = Thread(target=copy_context().run, args=[work], name=f"lake-{number}", daemon=True)
        lane.start()
        return lane

    def _drive(self, number: int) -> None:
        try:
            with self.store.beside() as store:
                for group in self._groups(store, number):
                    with self._writing:
                        self._settle(store, group)
        except BaseException as error:
            self._failed.append(error)

    def _next(self) -> Task | None:
        with self._taking:
            return None if self._failed else next(self._untaken, None)

    def _groups(self, store: TableStore, number: int) -> Iterator[Group]:
        readers, group = Readers(lane=number), Group()
        for task in iter(self._next, None):
            if task.is_doubtful:  # what is ready does not wait for it
                yield group
                group = Group()
            try:
                group.good.append((task, self._staged(store.duck, readers, task, number)))
            except DiebianError as error:
                self._slow[task.place.slug] += isinstance(error, Overdue)
                group.ended.append((task, _state(error), error.told))
            except Exception:
                log.exception("collection %s", task.slug)
                told = "平台内部出错，已经记录，请运维人员查看日志"
                group.ended.append((task, RunState.FAILED, told))
            if group.is_full:
                yield group
                group = Group()
        yield group

    def _staged(
        self, duck: duckdb.DuckDBPyConnection, readers: Readers, task: Task, number: int
    ) -> Staged:
        if task.run_id in self._stopping:
            raise Stopped
        if self._slow[task.place.slug] >= MOST_SLOW:
            raise SourceSlow
        with Watch(task.minutes * watching.MINUTE) as watch:
            self._reading[number] = (task, watch)
            reader = readers.open(
                task.place,
                table=task.table,
                options=task.options,
                watch=watch,
                collection_id=task.collection_id,
            )
            shape = reader.shape()
            if found := drift(task, shape):
                raise ShapeChanged(runs.hold(task, found))
            return stage(duck, reader, task, shape, watch)

    # heeding, in a thread of its own: a lane may wait for a source

    def _heed(self) -> None:
        """Whoever asked to stop is heard within a second, and whoever looks sees rows come."""
        try:
            while not self._over.wait(HEED_SECONDS):
                try:
                    self._hear()
                except Exception:
                    log.exception("heeding")  # the collecting goes on
        finally:
            connections.close_all()

    def _hear(self) -> None:
        asked = Run.objects.filter(pk__in=self._run_ids, is_stopping=True)
        self._stopping = set(asked.values_list("pk", flat=True))
        for task, watch in list(self._reading.values()):
            if task.run_id in self._stopping:
                watch.stop(Stopped())
            elif watch.age > HEED_SECONDS:
                told = Run.objects.filter(pk=task.run_id, stage__in=["waiting", "reading"])
                told.update(read=watch.counted(), stage="reading")

    # writing

    def _settle(self, store: TableStore, group: Group) -> None:
        kept = [one for one in group.good if not self._is_held(store, *one)]
        if kept:
            try:
                self._write(store, kept)
            except duckdb.Error as error:
                log.exception("a batch was not written")
                told = f"湖没有写成：{first_line(error)}"
                group.ended += [(task, RunState.FAILED, told) for task, _ in kept]
        for task, state, sentence in group.ended:
            runs.end(list(Run.objects.filter(pk=task.run_id)), state, sentence)
        for _, staged in group.good:
            drop(store.duck, staged)
        self._tell(group)

    def _is_held(self, store: TableStore, task: Task, staged: Staged) -> bool:
        if task.lake_table not in self._known:
            return False
        found = shrunk(store, task, staged)
        if found:
            told = runs.hold(task, found)
            runs.end(list(Run.objects.filter(pk=task.run_id)), RunState.HELD, told)
        return bool(found)

    def _write(self, store: TableStore, kept: list[tuple[Task, Staged]]) -> None:
        batch = uuid4()
        runs.enter(batch, {task.run_id: staged for task, staged in kept})
        self.point("staged")
        told: dict[str, dict[str, object]] = {}
        message = kept[0][0].title if len(kept) == 1 else f"{kept[0][0].title}等 {len(kept)} 张表"
        with store.writing(batch=str(batch), message=message, note={"runs": told}):
            for task, staged in kept:
                changed = apply(store, task, staged, is_new=task.lake_table not in self._known)
                told[str(task.run_id)] = runs.facts(task, staged, changed)
            self.point("written")
        self.point("committed")
        # DuckLake makes no snapshot of a batch that changed nothing: then there is nothing to find.
        unchanged = Note(store.snapshot(), {"runs": told})
        runs.finish(store.note_of(str(batch)) or unchanged)
        self._known |= {task.lake_table for task, _ in kept}
        runs.clear_holds([task for task, _ in kept])
        self.point("noted")

    def _tell(self, group: Group) -> None:
        told = [*[task for task, _ in group.good], *[task for task, *_ in group.ended]]
        self._done += len({task.run_id for task in told})
        self._rows += sum(staged.read for _, staged in group.good)
        if told:
            self.report(Progress(told[-1].title, self._done, len(self.tasks), self._rows))


def _state(error: DiebianError) -> RunState:
    if isinstance(error, ShapeChanged):
        return RunState.HELD
    return RunState.STOPPED if isinstance(error, Stopped) else RunState.FAILED
