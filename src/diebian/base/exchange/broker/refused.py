"""What a refused call was for: it left no read, and would else be a number without a reason.

The broker writes it with the journal's line, before the answer leaves; of what the gateway refuses
by itself the meter takes the caller's words from the log. Neither of them is ever altered.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diebian.base.exchange.gateway.envoy_bootstrap import LOGGED

from .asked import LONGEST
from .granted import Granted

BROKER, GATEWAY = "broker", "gateway"  # the books; the better one is the first by name
COLUMNS = "request_id, book, at, purpose, reader, case_no, subject, columns, detail"
INSERT_REFUSED = f"""
insert into exchange_refusedcall ({COLUMNS})
values ($1, '{BROKER}', $2, $3, $4, $5, $6, $7, $8) on conflict do nothing
"""  # noqa: S608  our own words
# The broker has told of it before, but for a call that the gateway gave up.
INSERT_LOGGED = f"""
insert into exchange_refusedcall ({COLUMNS})
select %s, '{GATEWAY}', %s, %s, %s, %s, '', '', ''
where not exists (select from exchange_refusedcall where request_id = %s)
on conflict do nothing
"""  # noqa: S608  our own words
MARKS = [f'"{name}":'.encode() for name in LOGGED]
NUMBER = re.compile(r"[0-9０-９]{6,}[Xx]?")  # as a person's may be: never kept here
MOST_CLAIMS, LONGEST_DETAIL = 20, 300
Row = tuple[str | datetime, ...]


@dataclass
class Known:
    """Of one call, filled as far as it comes; looked at only where it is refused."""

    headers: Mapping[str, str]
    grant: Granted | None = None
    body: bytes = b""
    subject: str = ""

    def row(self, request_id: str, at: datetime, detail: str) -> Row:
        """For `INSERT_REFUSED`."""
        return (
            request_id,
            at,
            words("purpose", self.headers.get("x-purpose", "")),
            words("reader", self.headers.get("x-reader", "")),
            _plain(self.headers.get("x-case-no", ""), LONGEST["case_no"]),
            self.subject,
            "、".join(self._columns()),
            _hidden(detail)[:LONGEST_DETAIL],
        )

    def _columns(self) -> list[str]:
        """Those that it wanted: a verification names them, beyond its grant too."""
        if self.grant is None:
            return []
        if self.grant.is_verification:
            return [_hidden(self.grant.name_of(one))[:60] for one in _claimed(self.body)]
        return [self.grant.name_of(one) for one in self.grant.columns]


def logged(line: bytes) -> list[Row]:
    """For `INSERT_LOGGED`, of a line of the gateway's log that was read. Nothing where it does not
    say what for, or the gateway does not know who asked: anybody's words are not kept.
    """
    if not any(mark in line for mark in MARKS):
        return []
    told: Mapping[str, Any] = json.loads(line)
    if not told.get("system"):
        return []
    request_id = _plain(str(told["request_id"]), 64)
    row: Row = (
        request_id,
        datetime.fromisoformat(told["at"]),
        words("purpose", str(told.get("purpose", ""))),
        words("reader", str(told.get("reader", ""))),
        _plain(str(told.get("case", "")), LONGEST["case_no"]),
        request_id,
    )
    return [row]


def words(name: str, value: str) -> str:
    """What stood in a header; of what is not as agreed, nothing."""
    try:
        return _hidden(bytes.fromhex(value).decode())[: LONGEST[name]]
    except ValueError:
        return ""


def _claimed(body: bytes) -> list[str]:
    try:
        claims = json.loads(body)["claims"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [str(one) for one in claims][:MOST_CLAIMS] if isinstance(claims, dict) else []


def _hidden(text: str) -> str:
    return NUMBER.sub("＊＊＊", _plain(text, len(text)))


def _plain(text: str, longest: int) -> str:
    """What the database can hold."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:longest]
