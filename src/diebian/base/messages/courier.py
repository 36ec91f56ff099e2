"""Carries messages while NATS and the database are there, and waits while they are not.

Nothing here remembers anything: rows and the stream do. So the answer to every fault is the same:
let go of both connections, wait a little longer each time, begin again.
"""

import asyncio
import os
import time
from contextlib import suppress
from pathlib import Path

import nats
import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NothingNew

from diebian.kernel import clock

from . import outbox, stream
from .delivery import attempt, put_aside
from .desk import Desk
from .message import Message
from .subscriptions import Subscription, subscriptions

AWAY = (
    NatsError,
    OSError,
    TimeoutError,
    psycopg.OperationalError,
    OperationalError,
    InterfaceError,
)
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 30.0
SWEEP_SECONDS = 5.0  # a notification that was lost is found again by looking


class Stopped(Exception):
    """Somebody asked this process to end."""


class Courier:
    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self._outbox = Desk()
        self._desks = {of.slug: Desk() for of in subscriptions}

    async def run(self) -> None:
        """Until `stopping`. A fault that nobody thought of ends the process; it is restarted."""
        pause = FIRST_PAUSE
        while not self.stopping.is_set():
            began = time.monotonic()
            try:
                await self._session()
            except* Stopped:
                pass
            except* AWAY as away:
                _say(f"消息暂时送不出去，{pause:g} 秒后再试：{_first(away)!r}")
            if time.monotonic() - began > SETTLED_SECONDS:
                pause = FIRST_PAUSE
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _session(self) -> None:
        gone = asyncio.Event()
        line = await _connected(gone)
        try:
            name = await self._outbox.ask(outbox.stream_name)
            is_new = await stream.ensure_stream(line.jetstream(), name)
            await self._outbox.ask(outbox.send_again, is_stream_new=is_new)
            async with asyncio.TaskGroup() as work:
                work.create_task(_raise_when(self.stopping, Stopped()))
                work.create_task(_raise_when(gone, ConnectionError("NATS")))
                work.create_task(self._publish(line, name))
                for subscription in subscriptions:
                    work.create_task(self._deliver(line, name, subscription))
        finally:
            await line.close()

    async def _publish(self, line: Client, name: str) -> None:
        """Marked after the stream said yes: killed in between, it is published again, same id."""
        js = line.jetstream()
        async with await _ear() as ear:
            while True:
                rows = await self._outbox.ask(outbox.unsent)
                for row in rows:
                    await js.publish(
                        stream.subject(name, row.topic),
                        row.message.as_bytes(),
                        stream=name,
                        headers={"Nats-Msg-Id": str(row.message_id)},
                    )
                if rows:
                    await self._outbox.ask(outbox.mark_sent, rows)
                _beat()
                if not rows:
                    async for _ in ear.notifies(timeout=SWEEP_SECONDS, stop_after=1):
                        pass

    async def _deliver(self, line: Client, name: str, subscription: Subscription) -> None:
        pull = await stream.pull(line.jetstream(), name, subscription)
        desk = self._desks[subscription.slug]
        while True:
            with suppress(NothingNew):
                # One at a time: what waited behind a slow one would count as tried and unanswered.
                [letter] = await pull.fetch(1, timeout=SWEEP_SECONDS)
                await _hand_over(letter, subscription, desk)


async def _hand_over(letter: Msg, subscription: Subscription, desk: Desk) -> None:
    """Acknowledged after the handler's commit: killed in between, the inbox knows it again."""
    tries = letter.metadata.num_delivered
    try:
        message = Message.from_bytes(letter.data)
    except ValueError:
        message, reason, tries = _unreadable(letter), "读不出内容", subscription.most_tries
    else:
        reason = await desk.ask(attempt, message, subscription)
    if not reason:
        await letter.ack()
    elif tries < subscription.most_tries:
        await letter.nak(delay=subscription.pause_after(tries))
    else:
        await desk.ask(put_aside, message, subscription, tries=tries, reason=reason)
        await letter.term()


def _unreadable(letter: Msg) -> Message:
    place = f"stream-{letter.metadata.sequence.stream}"
    return Message(id=place, topic=letter.subject, key="", body={}, by="", at=clock.now())


async def _connected(gone: asyncio.Event) -> Client:
    """The client's own tries last for two minutes, and it would be silent meanwhile: only one more.

    (To the client 0 means without end.)
    """

    async def closed() -> None:
        gone.set()

    return await nats.connect(
        os.environ["NATS_URL"],
        allow_reconnect=False,
        max_reconnect_attempts=1,
        reconnect_time_wait=0.1,
        connect_timeout=3,
        closed_cb=closed,
        error_cb=_is_told_by_the_session,
    )


async def _is_told_by_the_session(_: Exception) -> None:
    """The client tells each error here too; it is raised as well, and said once."""


async def _ear() -> psycopg.AsyncConnection:
    """A connection that hears of commits."""
    told = connection.get_connection_params()
    words = ("dbname", "user", "password", "host", "port")
    ear = await psycopg.AsyncConnection.connect(
        **{word: told[word] for word in words if word in told}, autocommit=True
    )
    await ear.execute(f"listen {outbox.CHANNEL}")
    return ear


async def _raise_when(happened: asyncio.Event, error: Exception) -> None:
    await happened.wait()
    raise error


def _beat() -> None:
    """For the supervisor: messages are going out."""
    file = Path(settings.DIEBIAN_DATA) / "messages" / "relay.beat"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


def _first(away: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = away
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  the supervisor keeps it in the part's log
