"""The manners of a platform above, against its own rows."""

import asyncio
import hashlib
import hmac
import json
import os
import time
from pathlib import Path

import pytest

from sandbox.national import NATIONAL
from sandbox.server import Request, open_store

SEED = Path(__file__).parents[2] / "cities/tieling/sandbox.yaml"
PATH, KEY = "/api/degree/v1", "sample-national-key-1"
ASKED = json.dumps({"sfzh": "219902198803120029"}).encode()


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_DATABASE_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("SANDBOX_SEED", str(SEED))


def test_a_signed_question_is_answered_with_json_within_json_and_only_once() -> None:
    [first, again] = _ask(PATH, ASKED, KEY, times=2)
    assert first["code"] == "200"
    assert json.loads(first["data"]) == [{"xlcc": "本科", "byyx": "样例大学"}]
    assert again["code"] == "409"


@pytest.mark.parametrize(
    ("path", "body", "key", "code"),
    [
        (PATH, ASKED, "another key", "401"),
        ("/api/none/v1", ASKED, KEY, "404"),
        (PATH, b'{"sfzh": "0"}', KEY, "204"),
        (PATH, b"[]", KEY, "400"),
        (PATH, b"{}", KEY, "400"),
        (PATH, b'{"a": "1", "b": "2"}', KEY, "400"),
        (PATH, b'{"sfzh": 1}', KEY, "400"),
        (PATH, b"nothing", KEY, "400"),
    ],
)
def test_what_it_does_not_like_is_told_by_a_code(
    path: str, body: bytes, key: str, code: str
) -> None:
    [told] = _ask(path, body, key)
    assert told["code"] == code


def _ask(path: str, body: bytes, key: str, times: int = 1) -> list[dict[str, str]]:
    moment, once = str(int(time.time())), os.urandom(8).hex()
    told = "\n".join([moment, once, path, hashlib.sha256(body).hexdigest()])
    headers = {
        "x-node-key": "city-1",
        "x-node-time": moment,
        "x-node-once": once,
        "x-node-sign": hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest(),
    }

    async def asked() -> list[dict[str, str]]:
        pool = await open_store(NATIONAL)
        async with pool:
            request = Request("POST", path, headers, body, "")
            replies = [await NATIONAL.answer(pool, request) for _ in range(times)]
        return [json.loads(reply.body) for reply in replies]

    return asyncio.run(asked())
