"""A running platform: what its operator sees and does, the journey, and what survives kill -9.

All in one file, so that one worker starts one platform.
"""

import json
import os
import signal
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from diebian.scenes.services.walk.browser import Browser
from diebian.scenes.services.walk.steps import LICENCE

from .crowd import ASKS, CITY, JOURNEY, applying, rows
from .installation import Installation, open_folder, run, running_copy, wait_for

VICTIMS = ("worker", "sandbox-estate", "broker", "web", "envoy", "relay", "postgres", "meter",
           "nursery")  # fmt: skip
CONNECT = b"\x10\x10\x00\x04MQTT\x04\x02\x00\x3c\x00\x04test"  # clean session, 60 s, client "test"
UNSETTLED = "select count(*) from services_case where state = 'received'"
# A case: received and accepted once, in its own history and in the trail; each department once.
ONCE = """
select c.case_no, count(*) filter (where e.kind = 'received'),
  count(*) filter (where e.kind = 'accepted'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.received'),
  (select count(*) from audit_auditentry a
   where a.subject = 'case:' || c.case_no and a.action = 'services.case.accepted'),
  (select count(distinct r.resource) from tracker_read r
   where r.case_no = c.case_no and r.reader_system <> 'page')
from services_case c join services_caseevent e on e.case_id = c.id
where c.received_at is not null group by c.id
"""
# Each question of a case was a call of its own, answered or not: no read without one.
UNCALLED = """
select count(*) from tracker_read r where r.reader_system <> 'page' and r.case_no <> ''
  and not exists (select 1 from exchange_call c where c.request_id = r.request_id)
"""
NOTICES = """
select count(*) from messages_notice n where n.body like '%已收到您的申请%'
"""


@pytest.fixture(scope="module")
def platform() -> Iterator[Installation]:
    with open_folder() as folder, running_copy(folder / "data") as installation:
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


def test_every_kind_of_a_node_above_that_the_city_names_is_mounted_with_a_quota(
    platform: Installation,
) -> None:
    """49, as the city published; each was really asked, with the node's key."""
    told = rows(platform, "select contract->>'system', count(*) from catalogue_resource "
                "where (contract->'quota'->>'day')::int > 0 group by 1 order by 1")  # fmt: skip
    assert told == [("national", 24), ("province", 25)]


def test_nothing_listens_beyond_this_machine(platform: Installation) -> None:
    ours = set(json.loads((platform.data / "ports.json").read_text()).values())
    told = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ears = [place[1].split(":") for place in told if place[3] == "0A"]
    found = {int(port, 16): address for address, port in ears if int(port, 16) in ours}
    assert set(found) == ours
    assert set(found.values()) == {"0100007F"}


def test_no_case_and_no_entry_is_lost_or_doubled_when_parts_are_killed(
    platform: Installation,
) -> None:
    before = {row[0] for row in rows(platform, ONCE)}
    with applying(platform) as cases:
        for name in VICTIMS:
            time.sleep(0.4)  # let them work
            platform.wait_until_back(name, after=platform.kill(name))
    assert len(cases) > len(VICTIMS)
    wait_for(lambda: rows(platform, UNSETTLED) == [(0,)], "every case is accepted", 120)
    told = rows(platform, ONCE)
    assert {row[0] for row in told} == before | set(cases)
    assert [row for row in told if row[1:] != (1, 1, 1, 1, ASKS)] == []
    wait_for(lambda: rows(platform, UNCALLED) == [(0,)], "every read is of a call", 60)
    wait_for(lambda: rows(platform, NOTICES) == [(len(told),)], "everybody is told, once", 60)


@pytest.fixture(scope="module")
def walked(platform: Installation) -> dict[str, Any]:
    return platform.demo()


def test_the_journey_is_walked_afterwards(walked: dict[str, Any]) -> None:
    steps = walked["steps"]
    assert [step["name"] for step in steps if not step["ok"]] == []
    assert len(steps) > 10


def test_a_decision_is_verified_by_the_command_whatever_became_of_the_file(
    platform: Installation, walked: dict[str, Any], tmp_path: Path
) -> None:
    people = yaml.safe_load((CITY / "people.yaml").read_text())
    with Browser(platform.address) as browser:
        browser.sign_in(JOURNEY["walk"]["person"], people["password"])
        found = LICENCE.search(browser.get(f"/cases/{walked['case_no']}/"))
        assert found is not None
        signed = browser.raw(found[0])
        picture = browser.raw(found[0].replace(".json", ".pdf"))
    for name, raw, code, says in (
        ("good.pdf", picture, 0, "验证通过"),
        ("changed.json", signed.replace(b".00", b".01", 1), 1, "被改动过"),
    ):
        (tmp_path / name).write_bytes(raw)
        answer = run("verify", str(tmp_path / name), "--data", str(platform.data))
        assert (answer.returncode, answer.stderr) == (code, ""), name
        assert says in answer.stdout
    gone = run("verify", str(tmp_path / "nowhere"), "--data", str(platform.data))
    assert (gone.returncode, "读不到文件" in gone.stdout) == (1, True)


def test_words_with_verbs_of_their_own_take_a_folder_too(platform: Installation) -> None:
    for words in (["collect", "run", "estate-housing-rows"], ["audit", "verify"]):
        answer = run(*words, "--data", str(platform.data))
        assert (answer.returncode, answer.stderr) == (0, ""), (words, answer.stdout)


def test_a_second_start_in_the_same_folder_is_refused(platform: Installation) -> None:
    answer = run("up", "--data", str(platform.data))
    assert answer.returncode == 1
    assert "runtime.in_use" in answer.stdout
