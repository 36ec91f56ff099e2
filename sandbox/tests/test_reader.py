"""A card is laid on one reader and read there, until it is taken away."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from sandbox import reader
from sandbox.household import HOUSEHOLD, answer
from sandbox.server import Reply, Request, open_store

SEED = Path(__file__).parents[2] / "cities/tieling/sandbox.yaml"
CARD = "219902198803120029"


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_DATABASE_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("SANDBOX_SEED", str(SEED))
    reader.laid.clear()


def test_a_card_is_read_where_it_lies_and_nowhere_else() -> None:
    laid, here, there, gone = _asked(
        ("POST", "/reader/lay", f"device=H01-3&card={CARD}", ""),
        ("GET", "/reader", "", "device=H01-3"),
        ("GET", "/reader", "", "device=H01-1"),
        ("POST", "/reader/lay", "device=H01-3&card=", ""),
    )
    assert "H01-3：王芳" in laid.body
    told = json.loads(here.body)
    assert (told["resultFlag"], told["resultContent"]["certNumber"]) == ("0", CARD)
    assert told["resultContent"]["bornDay"] == "19880312"
    assert json.loads(there.body)["resultFlag"] == "1"
    assert "现在放着的：没有" in gone.body


def _asked(*questions: tuple[str, str, str, str]) -> list[Reply]:
    async def ask() -> list[Reply]:
        pool = await open_store(HOUSEHOLD)
        try:
            return [
                await answer(pool, Request(method, path, {}, body.encode(), query))
                for method, path, body, query in questions
            ]
        finally:
            await pool.close()

    return asyncio.run(ask())
