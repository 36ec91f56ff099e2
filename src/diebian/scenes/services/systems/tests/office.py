"""A department's own system behind the gateway: a real server on loopback with a register."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

AWAY = (502, {"code": "exchange.upstream_unavailable"})


@dataclass
class Office:
    """`is_away`: it does not answer. `loses_answers`: it does the work, and nobody hears of it."""

    cases: dict[str, str] = field(default_factory=dict)  # reference → its own number
    came: list[dict[str, Any]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    is_away: bool = False
    loses_answers: bool = False
    address: str = ""

    def says(self, case_no: str, state: str, says: str = "", seq: int = 0) -> None:
        number = self.cases.get(case_no, "X9")
        told = {"seq": seq or len(self.log) + 1, "case_no": case_no, "state": state}
        self.log.append({**told, "number": number, "says": says})

    def answer(self, resource: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.is_away:
            return AWAY
        if resource == "sample-progress":
            rows = [one for one in self.log if one["seq"] > int(asked["since"])]
            return 200, {"found": bool(rows), "rows": rows}
        self.came.append(asked)
        number = self.cases.setdefault(asked["case_no"], f"N{len(self.cases) + 1}")
        return AWAY if self.loses_answers else (200, {"found": True, "rows": [{"number": number}]})


@contextmanager
def opened() -> Iterator[Office]:
    office = Office()

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status, told = office.answer(self.path.removeprefix("/r/"), asked)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Gateway) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        office.address = f"http://127.0.0.1:{server.server_port}"
        yield office
        server.shutdown()
        thread.join()
