"""One batch to one consumer: exactly once, whatever dies in between.

| Killed | What then happens |
| --- | --- |
| before the consumer's commit | nothing is in; the run ends as broken off, the next sends again |
| after it, before our book's | the line beside the rows has the batch: the run ends as done |
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import duckdb
import psycopg
from django.db import transaction

from diebian.base.catalogue.public import resource
from diebian.base.exchange.public import GrantTerms, Mode, hold, terms_of
from diebian.base.lake.public import Watch, department_database
from diebian.kernel.errors import DiebianError, NotFound, first_line
from diebian.kernel.progress import quiet
from diebian.security.identity.public import Actor, Refused

from . import policy, runs, stalls, volume
from .consumer import Consumer, Reached, opened
from .models import Delivery, DeliveryRun
from .origins import Reading, origin_of
from .patience import hanging, sending
from .refusals import GrantOver, SendTooLong, SourceEnded, TargetBusy, VolumeUsed, WayWrong
from .runs import UNSURE
from .summing import Summed

Point = Callable[[str], None]  # where a test may end this process


def send(*, delivery_id: int, by: Actor, point: Point = quiet) -> DeliveryRun | None:
    """Gives the run as it ended; None where nothing had changed. Raises what kept it from being
    tried at all: `Refused`, `GrantOver`, `TargetBusy`.
    """
    found = Delivery.objects.select_related("target__department").filter(pk=delivery_id).first()
    if found is None:
        raise NotFound
    terms = terms_of(found.grant_id)
    if not policy.may_send(by, terms):
        raise Refused
    if terms.mode != Mode.TABLE:
        raise WayWrong
    if not terms.is_in_force:
        raise GrantOver
    return _sent(found, terms, by, point)


def _sent(found: Delivery, terms: GrantTerms, by: Actor, point: Point) -> DeliveryRun | None:
    run: DeliveryRun | None = None
    try:
        with sending() as watch, closing(_consumer(found, watch)) as consumer:
            consumer.lock()
            reached = consumer.reached()
            runs.settle(found, terms, reached)
            run = runs.open_run(found, reached, by)
            is_sent = Sending(consumer, found, terms, run, watch, point).do(reached)
    except TargetBusy:
        raise
    except CommitUnsure as error:  # its line in the consumer's database will say
        runs.leave_open(error.run)
        stalls.begin(found, terms, UNSURE)
        return error.run
    except (DiebianError, psycopg.Error, duckdb.Error) as error:
        run = run or runs.open_run(found, None, by)
        run = _failed(found, terms, run, error)
    else:
        stalls.end(found)
        if not is_sent:
            run.delete()
            return None
    run.refresh_from_db()
    return run


def _failed(found: Delivery, terms: GrantTerms, run: DeliveryRun, error: Exception) -> DeliveryRun:
    hung = hanging(error)
    if hung is not None:
        stalls.begin(found, terms, hung.told)
        return runs.fail_again(run, _sentence(hung))
    runs.fail(run, _sentence(error))
    if isinstance(error, VolumeUsed) and terms.volume is not None:
        runs.wait_until(found, error.goes_on or terms.volume.over)
    return run


class CommitUnsure(Exception):
    """The line broke while the consumer's database was committing."""

    def __init__(self, run: DeliveryRun) -> None:
        super().__init__()
        self.run = run


class Sending:
    def __init__(
        self,
        consumer: Consumer,
        of: Delivery,
        terms: GrantTerms,
        run: DeliveryRun,
        watch: Watch,
        point: Point,
    ) -> None:
        self.consumer, self.of, self.terms, self.run = consumer, of, terms, run
        self.watch, self.point = watch, point
        self.found = resource(terms.resource)
        self.origin = origin_of(self.found)
        self.sentence = ""

    def do(self, reached: Reached | None) -> bool:
        with self.origin.opened(self.found, self.terms, self.of.salt) as going:
            self.watch.cuts(lambda _: going.stop())
            told = self._taken(going, reached)
        self.consumer.note(told)
        if told.batch != self.run.batch:
            return self._nothing_new(told)
        self._take(told.written)
        self.point("staged")
        self.watch.over()
        self._commit(told)
        self.point("noted")
        return True

    def _taken(self, going: Reading, reached: Reached | None) -> Reached:
        """What was written; of a batch before, where nothing has changed since."""
        is_same = reached is not None and reached.shape == going.shape
        is_followed = is_same and reached is not None and going.oldest() <= reached.snapshot
        if reached is not None and is_followed and not going.follow(reached.snapshot):
            return replace(reached, snapshot=going.snapshot)
        is_followed = is_followed and going.is_keyed
        return self._written(going, is_followed=is_followed, is_same=is_same)

    def _written(self, going: Reading, *, is_followed: bool, is_same: bool) -> Reached:
        columns, total, removed = list(going.types), going.total(), 0
        self._check(going.count_changed if is_followed else lambda: total)
        rows = Summed(going.rows(is_followed=is_followed))
        if is_followed:
            written, removed = self.consumer.change(columns, rows, going.touched())
            if self.consumer.count() != total:  # somebody took rows away, or put some in
                is_followed, self.sentence = False, "接收库里的行数和提供的不符，已全部重送"
                self._check(lambda: total)
                rows = Summed(going.rows(is_followed=False))
        if not is_followed:
            self.run.is_whole = True
            if is_same:
                self.consumer.empty()
            else:
                self.consumer.begin_anew(going.types)
            written, removed = self.consumer.fill(columns, rows), 0
        return Reached(self.run.batch, going.shape, going.snapshot, written, removed, total,
                       rows.checksum)  # fmt: skip

    def _check(self, count: Callable[[], int]) -> None:
        """Before any of them leaves. The reading may be in a transaction that writes nothing."""
        if self.terms.volume is not None:
            volume.check(self.terms, count(), self.run.started_at, own=self.run.written)

    def _take(self, rows: int) -> None:
        """Before they are in: of two at once on the last rows, or after a kill, no more go."""
        if self.terms.volume is not None:
            volume.reserve(self.run, self.terms, rows)

    def _commit(self, told: Reached) -> None:
        """The grant is held while the consumer commits: once revoked, nothing more arrives."""
        with transaction.atomic():
            if not hold(self.terms):
                raise GrantOver
            if not self.origin.hold(self.found, told.snapshot):
                raise SourceEnded
            try:
                self.consumer.commit()
            except (psycopg.OperationalError, SendTooLong) as error:
                raise CommitUnsure(self.run) from error
            self.point("committed")
            runs.finish(self.run, self.terms, told, self.sentence)

    def _nothing_new(self, reached: Reached) -> bool:
        """Its line moves on: snapshots go after some weeks, and with them where it stood."""
        self.consumer.commit()
        runs.looked(self.of, reached)
        return False


def _consumer(of: Delivery, watch: Watch) -> Consumer:
    target = of.target
    database = department_database(
        target.address, secret=target.secret, department=target.department.credit_code
    )
    return Consumer(opened(database, watch), target.schema, of.table, of.public_id)


def _sentence(error: Exception) -> str:
    if isinstance(error, DiebianError):
        return error.told
    told = first_line(error, 300) or type(error).__name__
    return f"湖没有读成：{told}" if isinstance(error, duckdb.Error) else f"接收库没有收下：{told}"
