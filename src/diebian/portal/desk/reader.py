"""The identity card on a reader, asked of the service that the readers' maker installs.

What it answers is foreign: it is checked as anything that comes from outside. The card's picture
and address, which such a service sends too, are not taken over.
"""

from dataclasses import dataclass

import httpx
from django.conf import settings

from diebian.kernel.errors import DiebianError
from diebian.standards.identifiers import is_id_number, plain_id_number

SECONDS = 3.0
READ = "0"  # resultFlag of a card that was read
LONGEST_NAME = 100


class ReaderAway(DiebianError):
    code, status, title = (
        "desk.reader_away",
        503,
        "读卡器连不上，请看卡片手输身份证号和姓名",
    )


class CardMissing(DiebianError):
    code, status, title = "desk.card_missing", 409, "读卡器上没有读到身份证，请放好再读一次"


@dataclass(frozen=True)
class Card:
    id_number: str
    name: str


def is_set_up() -> bool:
    return bool(settings.CARD_READER)


def read_card(*, place: str) -> Card:
    """What lies on the reader at `place`. Raises `ReaderAway` and `CardMissing`."""
    if not is_set_up():
        raise ReaderAway
    try:
        answer = httpx.get(settings.CARD_READER, params={"device": place}, timeout=SECONDS)
        told = answer.raise_for_status().json()
        flag, content = str(told["resultFlag"]), told.get("resultContent") or {}
        number = plain_id_number(str(content.get("certNumber", "")))
        name = str(content.get("partyName", "")).strip()
    except (httpx.HTTPError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ReaderAway from error
    if flag != READ or not is_id_number(number) or not 0 < len(name) <= LONGEST_NAME:
        raise CardMissing
    return Card(number, name)
