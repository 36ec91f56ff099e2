"""Three foreign systems' own lists, read page by page as they are: every person of them, once."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from diebian.base.lake.readers.http import HttpReader
from diebian.base.lake.readers.protocol import Window
from diebian.base.lake.refusals import SourceUnreachable, SourceWrong
from diebian.base.lake.watch import Watch
from sandbox.health import HEALTH
from sandbox.hr import HR
from sandbox.market import MARKET
from sandbox.server import Department, Request, open_store

CITY = Path(__file__).parents[2] / "cities/tieling"
SEED = yaml.safe_load((CITY / "sandbox.yaml").read_text())
TOLD = {
    one["slug"]: one for one in yaml.safe_load((CITY / "journey.yaml").read_text())["collections"]
}


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_DATABASE_URL", os.environ["DATABASE_URL"])
    monkeypatch.setenv("SANDBOX_SEED", str(CITY / "sandbox.yaml"))
    monkeypatch.setenv("SANDBOX_HEALTH_ALWAYS", "1")


def test_lines_asked_for_by_a_form_are_read_to_the_last_page() -> None:
    rows = _read(HEALTH, "health-insured", ["CARD", "FULLNAME", "SINCE"])
    wanted = [(one["card"], one["fullname"], one["since"] or None) for one in SEED["health"]]
    assert sorted(rows) == sorted(wanted)


def test_pages_of_seven_that_begin_at_nought_are_read_to_the_last_row() -> None:
    rows = _read(HR, "hr-jobless", ["xm", "rq"])
    assert sorted(rows) == sorted(
        (one["xm"], one["rq"]) for one in SEED["hr"] if one.get("lb") == "sy"
    )
    numbers = [row[0] for row in _read(HR, "hr-jobless", ["sfz"])]
    assert len({len(str(one).strip()) for one in numbers}) == 2  # some of 15 places
    assert any(not str(one).isascii() for one in numbers)


def test_employers_and_companies_stand_in_their_own_lists_as_they_were_typed() -> None:
    rows = _read(HR, "hr-employers", ["dwbh", "xydm"])
    assert sorted(rows) == sorted((one["dwbh"], one["xydm"] or None) for one in SEED["hr-units"])
    companies = _read(MARKET, "market-entities", ["nbxh", "tyshxydm", "zxrq"])
    assert [row[0] for row in companies] == [one["nbxh"] for one in SEED["market"]]
    typed = {str(row[1]) for row in companies}
    assert any(" " in one for one in typed)  # in groups of four
    assert any(one != one.upper() for one in typed)
    assert {row[2] for row in companies} == {one["zxrq"] or None for one in SEED["market"]}


def test_a_system_that_is_closed_or_speaks_otherwise_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with (
        _served(HEALTH) as base, Watch(60) as watch,
        pytest.raises(SourceWrong, match="内容不是JSON"),
    ):  # fmt: skip
        _all(HttpReader(base, "list", TOLD["hr-jobless"]["options"], "", watch), ["CARD"])
    monkeypatch.delenv("SANDBOX_HEALTH_ALWAYS")
    monkeypatch.setattr("sandbox.health.OPENS", 24)
    with _served(HEALTH) as base, Watch(60) as watch, pytest.raises(SourceUnreachable):
        _all(HttpReader(base, "list", TOLD["health-insured"]["options"], "", watch), ["CARD"])


def _read(of: Department, slug: str, columns: list[str]) -> list[tuple[str | None, ...]]:
    with _served(of) as base, Watch(60) as watch:
        reader = HttpReader(base, TOLD[slug]["table"], TOLD[slug]["options"], "", watch)
        assert set(columns) <= {one.name for one in reader.shape().columns}
        return _all(reader, columns)


def _all(reader: HttpReader, columns: list[str]) -> list[tuple[str | None, ...]]:
    batches = reader.batches(columns, Window())
    return [tuple(row[name] for name in columns) for one in batches for row in one.to_pylist()]


@contextmanager
def _served(of: Department) -> Iterator[str]:
    """The system's own answers over its own database, at an address."""
    loop = asyncio.new_event_loop()
    runner = threading.Thread(target=loop.run_forever, daemon=True)
    runner.start()

    def waited(told: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(told, loop).result(20)

    pool = waited(open_store(of))

    class System(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = Request(self.command, parts.path, {}, body, parts.query)
            reply = waited(of.answer(pool, asked))
            self.send_response(reply.status)
            self.end_headers()
            self.wfile.write(reply.body.encode(reply.encoding))

        do_POST = do_GET  # noqa: N815  the library's name

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), System)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        waited(pool.close())
        loop.call_soon_threadsafe(loop.stop)
        runner.join()
        loop.close()
