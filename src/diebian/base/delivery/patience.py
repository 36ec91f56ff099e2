"""How long a consumer's database may take: one that hangs costs its own delivery and no other.

| What hangs | Who ends it |
| --- | --- |
| connecting; a server that lets in and says nothing | the lake's way in, after ten seconds |
| a lock that somebody keeps there | that server, after `LOCK_SECONDS` |
| one statement | that server, after `STATEMENT_SECONDS` |
| a server that stops answering, a line on which nothing moves | our clock, after `SEND_SECONDS` |
| its commit, while our grant is held | our clock, after `COMMIT_SECONDS` |
"""

from psycopg import errors

from diebian.base.lake.public import Watch
from diebian.kernel.errors import DiebianError

from .refusals import SendTooLong, StatementTooLong, TargetLocked, TargetUnreachable

LOCK_SECONDS = 30.0
STATEMENT_SECONDS = 15 * 60.0
SEND_SECONDS = 30 * 60.0
COMMIT_SECONDS = 30.0
CHECK_SECONDS = 20.0  # for one look at it, while a person waits
HANGING = (TargetUnreachable, TargetLocked, StatementTooLong, SendTooLong)


def sending() -> Watch:
    return _watch(SEND_SECONDS)


def committing() -> Watch:
    return _watch(COMMIT_SECONDS)


def checking() -> Watch:
    return _watch(CHECK_SECONDS)


def hanging(error: Exception) -> DiebianError | None:
    """In words for those who wait for the rows, where that database kept it waiting; else None."""
    if isinstance(error, errors.LockNotAvailable):
        return TargetLocked(f"等了 {LOCK_SECONDS:.3g} 秒")
    if isinstance(error, errors.QueryCanceled):
        return StatementTooLong(f"等了 {STATEMENT_SECONDS / 60:.3g} 分钟")
    return error if isinstance(error, HANGING) else None


def _watch(seconds: float) -> Watch:
    return Watch(seconds, SendTooLong(f"等了 {seconds / 60:.3g} 分钟"))
