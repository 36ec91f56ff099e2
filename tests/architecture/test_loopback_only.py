"""The test run talks to this machine only: a test that needs the world is not repeatable."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_call_to_the_world_is_blocked() -> None:
    with (
        socket.socket() as plug,
        pytest.warns(UserWarning, match="tried to use"),
        pytest.raises(SocketConnectBlockedError),
    ):
        plug.connect(("192.0.2.1", 80))


def test_loopback_is_open() -> None:
    with socket.socket() as ear, socket.socket() as plug:
        ear.bind(("127.0.0.1", 0))
        ear.listen()
        plug.connect(ear.getsockname())
