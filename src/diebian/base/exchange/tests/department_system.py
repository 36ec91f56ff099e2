"""A department's system for tests: a real server on loopback, in words of its own."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar


class _System(BaseHTTPRequestHandler):
    body: ClassVar[bytes] = b""
    keys: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.keys.append(self.headers.get("X-Key", ""))
        self.send_response(200)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def department_system(
    rows: list[dict[str, str]], *, body: bytes = b""
) -> Iterator[tuple[str, list[str]]]:
    """Its address, and the keys that callers showed. `body`: told instead of the rows as JSON."""
    told = body or json.dumps({"code": "0", "data": {"list": rows}}).encode()

    class System(_System):
        body: ClassVar[bytes] = told
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
