"""The household register's manners, against its own rows."""

import asyncio
import os
from pathlib import Path

import pytest

from sandbox.household import HOUSEHOLD, answer
from sandbox.server import Reply, Request, open_store

SEED = Path(__file__).parents[2] / "cities/tieling/sandbox.yaml"
KNOWN = "TOKEN|sample-household-word\r\nGMSFHM|219902198803120029\r\n"


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_DATABASE_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("SANDBOX_SEED", str(SEED))


def test_a_member_of_a_household_is_told_with_head_relation_and_address() -> None:
    lines = _ask(KNOWN).body.split("\r\n")
    assert lines[0] == "RC|00"
    assert {"HH|2112020100029", "YHZGX|配偶", "CSRQ|1988.03.12"} < set(lines)
    assert len([line for line in lines if line.startswith("CY|")]) == 3


def test_the_answer_is_written_in_gbk() -> None:
    reply = _ask(KNOWN)
    assert reply.encoding == "gbk"
    assert "GBK" in reply.kind


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("TOKEN|sample-household-word\nGMSFHM|0", "RC|01"),
        ("TOKEN|wrong\nGMSFHM|0", "RC|07"),
        ("nothing", "RC|08"),
        ("", "RC|08"),
        ("TOKEN|sample-household-word", "RC|08"),
    ],
)
def test_what_it_does_not_like_is_told_by_a_code_in_the_first_line(body: str, code: str) -> None:
    reply = _ask(body)
    assert (reply.status, reply.body.split("\r\n")[0]) == (200, code)


def test_another_path_is_another_code() -> None:
    assert _ask(KNOWN, path="/").body.startswith("RC|09")


def _ask(body: str, path: str = "/hj") -> Reply:
    async def once() -> Reply:
        pool = await open_store(HOUSEHOLD)
        async with pool:
            return await answer(pool, Request("POST", path, {}, body.encode("gbk"), ""))

    return asyncio.run(once())
