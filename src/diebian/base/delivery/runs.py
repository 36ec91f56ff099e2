"""The book of deliveries: opened before, ended after, and put right after a crash."""

from datetime import datetime

from diebian.base.exchange.public import GrantTerms, count_use
from diebian.kernel import clock
from diebian.security.identity.public import Actor

from .consumer import Reached
from .models import Delivery, DeliveryRun, State

USE_OF_TABLE, USE_OF_FILE = 1, 2  # the kinds of use that this component counts
BROKEN_OFF = "送的进程断了，接收库里一行也没有写进去"
UNSURE = "接收库没有回话，收没收下还不知道；下次送以前先核对，不多送也不漏送"


def open_run(delivery: Delivery, reached: Reached | None, by: Actor) -> DeliveryRun:
    return DeliveryRun.objects.create(
        delivery=delivery,
        started_by=by.name or by.key,
        started_at=clock.now(),
        snapshot_from=reached.snapshot if reached else None,
    )


def finish(run: DeliveryRun, terms: GrantTerms, reached: Reached, sentence: str = "") -> None:
    """Once, whoever comes first: the sender itself, or who finds the line after its death."""
    now = clock.now()
    milliseconds = round((now - run.started_at).total_seconds() * 1000)
    changed = DeliveryRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
        state=State.DONE,
        is_whole=run.is_whole,
        snapshot_to=reached.snapshot,
        written=reached.written,
        removed=reached.removed,
        total=reached.total,
        checksum=reached.checksum,
        ended_at=now,
        milliseconds=milliseconds,
        sentence=sentence,
    )
    if changed:
        looked(run.delivery, reached)
        count_use(
            terms=terms,
            kind=USE_OF_TABLE,
            number=run.pk,
            at=now,
            milliseconds=milliseconds,
            flag="TABLE",
        )


def fail(run: DeliveryRun, sentence: str) -> None:
    DeliveryRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
        state=State.FAILED, ended_at=clock.now(), sentence=sentence[:500]
    )


def fail_again(run: DeliveryRun, sentence: str) -> DeliveryRun:
    """A database that goes on hanging is one line of the book, however often it is tried."""
    former = run.delivery.runs.exclude(pk=run.pk).order_by("pk").last()
    if former is None or (former.state, former.sentence) != (State.FAILED, sentence[:500]):
        fail(run, sentence)
        return run
    former.tries, former.ended_at = former.tries + 1, clock.now()
    former.save(update_fields=["tries", "ended_at"])
    run.delete()
    return former


def leave_open(run: DeliveryRun) -> None:
    """Nobody knows yet whether it is in: the next sending looks (`settle`)."""
    DeliveryRun.objects.filter(pk=run.pk, state=State.RUNNING).update(sentence=UNSURE)
    run.sentence = UNSURE


def wait_until(delivery: Delivery, moment: datetime) -> None:
    """Nothing more goes by timetable before it."""
    Delivery.objects.filter(pk=delivery.pk).update(waits_until=moment)


def looked(delivery: Delivery, reached: Reached) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        snapshot=reached.snapshot,
        total=reached.total,
        looked_at=clock.now(),
        waits_until=None,
    )


def settle(delivery: Delivery, terms: GrantTerms, reached: Reached | None) -> None:
    """With the lock of the delivery in hand: whose run is still open, its process is dead."""
    for run in delivery.runs.filter(state=State.RUNNING):
        if reached is not None and reached.batch == run.batch:
            run.is_whole = run.snapshot_from is None
            finish(run, terms, reached, "送完时进程断了，按接收库里的记录补记")
        else:
            fail(run, BROKEN_OFF)
