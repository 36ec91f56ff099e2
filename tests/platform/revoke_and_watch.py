"""`python -m tests.platform.revoke_and_watch PORT TOKEN`: revokes by the real action and watches.

Runs in a rig's environment, beside a caller that never stops asking. Prints milliseconds from the
start of the action to the first refusal, to the return of the action, and what came after it.
"""

import json
import sys
import threading
import time
from http.client import HTTPConnection

import django

AFTER = 20
UNDER_WAY = 0.05  # seconds: what ends sooner may have been asked before the action returned
PATH, SYSTEM = "/r/ending", "beta"


class Caller(threading.Thread):
    """Asks without a pause, on a connection that stays open, and notes each status."""

    def __init__(self, port: int, token: str) -> None:
        super().__init__(daemon=True)
        self.line = HTTPConnection("127.0.0.1", port, timeout=5)
        self.headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        self.seen: list[tuple[float, int]] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        # Refused by the broker with 400 while granted: a call with no purpose reads nothing.
        while not self.is_over.is_set():
            self.line.request("POST", PATH, b"{}", self.headers)
            answer = self.line.getresponse()
            answer.read()
            self.seen.append((time.monotonic(), answer.status))

    def wait_for(self, status: int) -> float:
        while not self.seen or self.seen[-1][1] != status:
            time.sleep(0.002)
        return next(at for at, seen in self.seen if seen == status)


def main(port: int, token: str) -> None:
    from diebian.base.exchange.grants.models import Grant
    from diebian.base.exchange.public import revoke
    from diebian.security.identity.public import Actor, Post

    grant = Grant.objects.get(system=SYSTEM, request__resource__slug="ending")
    caller = Caller(port, token)
    caller.start()
    caller.wait_for(400)
    began = time.monotonic()
    revoke(grant_id=grant.pk, reason="样例", by=Actor(name="样例", posts=(Post.AUTHORITY,)))
    returned = time.monotonic()
    refused = caller.wait_for(403)
    settled = returned + UNDER_WAY
    while sum(at > settled for at, _ in caller.seen) < AFTER:
        time.sleep(0.002)
    caller.is_over.set()
    told = {
        "refused_ms": round((refused - began) * 1000),
        "returned_ms": round((returned - began) * 1000),
        "after": sorted({status for at, status in caller.seen if at > settled}),
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), sys.argv[2])
