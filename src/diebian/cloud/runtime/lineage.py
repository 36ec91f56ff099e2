"""Who ends with whom, who inherits whose children: Linux's prctl, elsewhere nothing of it."""

import ctypes
import os
import signal
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_SET_CHILD_SUBREAPER = 36
ADOPTION_SECONDS = 5

_prctl = getattr(ctypes.CDLL(None), "prctl", None)


def die_with_parent(stop_signal: int) -> Callable[[], None]:
    """For `preexec_fn`: the child is sent `stop_signal` when the thread that made it ends."""
    parent = os.getpid()
    return lambda: _follow(parent, stop_signal)


def end_with_parent() -> None:
    """For a process that something else started for us: it is killed when its parent ends."""
    _follow(os.getppid(), signal.SIGKILL)


def inherit_orphans() -> bool:
    """From now on a descendant whose parent ends becomes our child. Whether the kernel does so."""
    return _prctl is not None and _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def be_adopted_by(parent: int, stop_signal: int, name: str) -> None:
    """In a process whose maker has just ended: waits until it is the child of `parent`."""
    end = time.monotonic() + ADOPTION_SECONDS
    while os.getppid() != parent and time.monotonic() < end:
        time.sleep(0.001)
    _follow(parent, stop_signal)
    if _prctl is not None:
        _prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def bury(sessions: set[int]) -> None:
    """Takes leave of what ended of those that we inherited from a part, known by its session.

    The part itself is left to whoever waits for it. A session that is empty is forgotten.
    """
    for session in list(sessions):
        try:
            told = os.waitid(os.P_PGID, session, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            if not _is_there(session):  # else it has not yet made its session
                sessions.discard(session)
            continue
        if told is not None and told.si_pid != session:
            os.waitpid(told.si_pid, 0)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of another account
        return True
    return True


def _follow(parent: int, stop_signal: int) -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, stop_signal)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(1)
