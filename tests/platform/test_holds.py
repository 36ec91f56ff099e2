"""What the operator does to a running platform: hold, release, look; and what it does by itself."""

import json
import os
import signal
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from .installation import Installation, open_folder, run, running, wait_for

CONNECT = b"\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04test"  # clean session, 60 s, client "test"


@pytest.fixture(scope="module")
def platform() -> Iterator[Installation]:
    with open_folder() as data, running(data) as installation:
        yield installation


def test_every_part_is_told_with_port_health_and_place(platform: Installation) -> None:
    told = json.loads(run("status", "--json", "--data", str(platform.data)).stdout)
    assert told["address"] == platform.address
    assert told["ready"] is True
    assert {"web", "gateway", "nats", "mqtt"} < set(told["ports"])
    parts = {part["name"]: part for part in told["processes"]}
    assert {part["health"] for part in parts.values()} == {"ok"}
    assert parts["postgres"]["data"] == str(platform.data / "postgres")
    assert parts["sandbox-household"]["port"] == told["ports"]["household"]


def test_the_doctor_names_every_part_and_room(platform: Installation) -> None:
    answer = run("doctor", "--data", str(platform.data))
    assert answer.returncode == 0, answer.stdout
    for part in platform.parts().values():
        assert str(part["title"]) in answer.stdout
    for word in ("磁盘剩余", "数据库大小", "计量", "都正常"):
        assert word in answer.stdout


def test_a_held_part_stays_down_until_it_is_released(platform: Installation) -> None:
    data = str(platform.data)
    before = platform.parts()["sandbox-hr"]["pid"]
    assert run("hold", "sandbox-hr", "--data", data).returncode == 0
    held = platform.parts()["sandbox-hr"]
    assert (held["health"], held["pid"]) == ("held", None)
    assert not Path(f"/proc/{before}").exists()
    told = run("doctor", "--data", data)
    assert "停用。恢复：./diebian release sandbox-hr" in told.stdout
    assert told.returncode == 0
    assert run("release", "sandbox-hr", "--data", data).returncode == 0
    assert platform.parts()["sandbox-hr"]["health"] == "ok"


def test_a_part_that_does_not_exist_cannot_be_held(platform: Installation) -> None:
    answer = run("hold", "nonsense", "--data", str(platform.data))
    assert answer.returncode == 1
    assert "assembly.part_unknown" in answer.stdout
    assert "worker" in answer.stdout


def test_a_part_that_hangs_is_ill_and_is_restarted(platform: Installation) -> None:
    pid = int(str(platform.parts()["sandbox-fund"]["pid"]))
    os.kill(pid, signal.SIGSTOP)  # alive, and answers nothing
    wait_for(lambda: platform.parts()["sandbox-fund"]["health"] == "down", "it is told ill")
    told = run("doctor", "--data", str(platform.data))
    assert told.returncode == 1
    assert "没有应答" in told.stdout
    platform.wait_until_back("sandbox-fund", after=pid, seconds=90)


def test_a_device_speaks_mqtt_and_a_program_hears_it_by_nats(platform: Installation) -> None:
    ports = json.loads((platform.data / "ports.json").read_text())
    with (
        socket.create_connection(("127.0.0.1", ports["nats"]), timeout=10) as listener,
        socket.create_connection(("127.0.0.1", ports["mqtt"]), timeout=10) as device,
    ):
        listener.sendall(b"CONNECT {}\r\nSUB meters.heat 1\r\nPING\r\n")
        told = listener.makefile("rb")
        while told.readline() != b"PONG\r\n":
            pass
        device.sendall(CONNECT)
        assert device.recv(4) == b"\x20\x02\x00\x00"  # accepted
        topic, body = b"meters/heat", b"21.5"
        packet = struct.pack(">H", len(topic)) + topic + body
        device.sendall(bytes([0x30, len(packet)]) + packet)
        assert told.readline().startswith(b"MSG meters.heat 1")
        assert told.readline() == b"21.5\r\n"


def test_nothing_listens_beyond_this_machine(platform: Installation) -> None:
    ours = set(json.loads((platform.data / "ports.json").read_text()).values())
    told = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ears = [place[1].split(":") for place in told if place[3] == "0A"]
    found = {int(port, 16): address for address, port in ears if int(port, 16) in ours}
    assert set(found) == ours
    assert set(found.values()) == {"0100007F"}
