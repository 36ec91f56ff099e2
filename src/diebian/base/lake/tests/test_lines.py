"""Connections are ended by where they lead; nothing else of the process is touched."""

import os
import socket
from pathlib import Path

from diebian.base.lake.lines import cut_lines_to


def test_lines_to_one_place_are_ended_and_every_other_file_is_as_before(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as here,
        socket.create_server(("127.0.0.1", 0)) as there,
        socket.create_connection(here.getsockname()) as one,
        socket.create_connection(there.getsockname()) as other,
        (tmp_path / "file").open("w") as file,
    ):
        before = sorted(os.listdir("/dev/fd"))
        assert cut_lines_to(*here.getsockname()) == 1
        assert sorted(os.listdir("/dev/fd")) == before
        assert one.recv(1) == b""
        file.write("样例")
        with there.accept()[0] as heard:
            other.sendall(b"x")
            assert heard.recv(1) == b"x"
