"""What work costs altogether, server and client."""

import os
from pathlib import Path


def seconds_of(pid: int) -> float:
    """User and system time of one process with all its threads."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def processor_seconds(server: Path) -> float:
    """Of the server with all that ended under it, and of this process with its children."""
    main = int((server / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended, and counts under its parent
            continue
        if int(stat.parent.name) == main:
            ticks += sum(map(int, words[11:15]))
        elif int(words[1]) == main:
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(os.times()[:4])
