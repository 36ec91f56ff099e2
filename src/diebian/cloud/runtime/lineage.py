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
    """Takes leave of one ended process that we inherited from a part, known by its session.

    Children that somebody else in this process waits for are left to whoever waits.
    """
    try:
        told = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return
    if told is None or told.si_pid in sessions:
        return
    if os.getsid(told.si_pid) in sessions:
        os.waitpid(told.si_pid, 0)


def _follow(parent: int, stop_signal: int) -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, stop_signal)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(1)
