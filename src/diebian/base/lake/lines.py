"""Connections of this process that a library keeps to itself, found by where they lead.

DuckDB's PostgreSQL waits in a call that nothing interrupts. A server that sends a byte now and then
would keep it there for ever.
"""

import os
import socket
import stat
from contextlib import suppress


def cut_lines_to(host: str, port: int) -> int:
    """Ends every connection of this process to an IP address and port; gives how many."""
    ended = 0
    for number in _numbers():
        with suppress(OSError):
            line = socket.socket(fileno=os.dup(number))
            with line:
                if line.family in {socket.AF_INET, socket.AF_INET6}:
                    there = line.getpeername()
                    if there[:2] == (host, port):
                        line.shutdown(socket.SHUT_RDWR)
                        ended += 1
    return ended


def _numbers() -> list[int]:
    return [int(one) for one in os.listdir("/dev/fd") if one.isdigit() and _is_socket(int(one))]


def _is_socket(number: int) -> bool:
    """A second handle of anything else would stay open: no socket takes it to close it."""
    with suppress(OSError):  # closed since
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    return False
