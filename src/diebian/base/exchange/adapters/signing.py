"""How a node above the city is shown that it is us: a mark over moment, place and content."""

import hashlib
import secrets

from diebian.kernel import clock
from diebian.security.keys.public import Mac


def signed(mac: Mac, path: str, body: bytes) -> dict[str, str]:
    """Headers for one question: a moment and a word used once, so that it cannot be sent again."""
    moment, once = str(int(clock.now().timestamp())), secrets.token_hex(12)
    message = "\n".join([moment, once, path, hashlib.sha256(body).hexdigest()])
    return {
        "x-node-key": mac.key_id,
        "x-node-time": moment,
        "x-node-once": once,
        "x-node-sign": mac.of(message.encode()),
    }
