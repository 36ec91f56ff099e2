"""JSON that a stranger sent. Whatever is wrong with it is one kind of error."""

import json
from typing import Any, NoReturn


def parsed(text: str | bytes) -> Any:
    """Raises ValueError: also for brackets without end, for NaN, and for what no text may hold.

    Half a surrogate pair cannot be written down anywhere, and a text in PostgreSQL has no NUL.
    """
    try:
        told = json.loads(text, parse_constant=_no_number)
        _look_at(told)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return told


def _look_at(told: Any) -> None:
    if isinstance(told, str):
        told.encode()  # UnicodeEncodeError is a ValueError
        if "\0" in told:
            raise ValueError("a text holds the character NUL")
    elif isinstance(told, list):
        for one in told:
            _look_at(one)
    elif isinstance(told, dict):
        for name, one in told.items():
            _look_at(name)
            _look_at(one)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")
