"""A department's system for tests: a real server on loopback, in words of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar


class _System(BaseHTTPRequestHandler):
    answer: ClassVar[dict[str, object]] = {}
    keys: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.keys.append(self.headers.get("X-Key", ""))
        body = json.dumps(self.answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def department_system(rows: list[dict[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the keys that callers showed."""

    class System(_System):
        answer: ClassVar[dict[str, object]] = {"code": "0", "data": {"list": rows}}
        keys: ClassVar[list[str]] = []

    server = HTTPServer(("127.0.0.1", 0), System)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", System.keys
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
