"""A port belongs to one installation at a time, and stays with it."""

import socket
from pathlib import Path

import pytest

from diebian.cloud.runtime.ports import Ports, PortTaken

FIRST = 18300


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "ports.json"


def test_two_that_choose_before_either_listens_choose_differently(tmp_path: Path) -> None:
    one, two = Ports(tmp_path / "one"), Ports(tmp_path / "two")
    assert one.choose("web", FIRST) != two.choose("web", FIRST)
    one.release()
    two.release()


def test_a_port_is_kept_over_a_restart(book: Path) -> None:
    first, other = Ports(book), Ports(book.with_name("other"))
    blocked = other.choose("web", FIRST)
    kept = first.choose("web", FIRST)
    assert kept != blocked
    first.release()
    other.release()
    again = Ports(book)
    assert again.choose("web", FIRST) == kept
    again.release()


def test_a_port_on_which_somebody_listens_is_passed_over_or_refused(book: Path) -> None:
    ports = Ports(book)
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        port = plug.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            ports.choose("web", port, exact=True)
        assert ports.choose("web", port) != port
    ports.release()
