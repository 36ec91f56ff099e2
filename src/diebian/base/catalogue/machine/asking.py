"""A question as CKAN's clients ask it: in an address all is text, in a body it is JSON."""

from collections.abc import Mapping
from typing import Any

from diebian.base.catalogue.refusals import QuestionWrong
from diebian.kernel.json_text import parsed

Question = Mapping[str, Any]
LONGEST_NUMBER = 9
YES = {"true", "1", "yes"}


def is_told(question: Question, name: str) -> bool:
    """An empty text is what an empty field of a form sends."""
    return question.get(name) not in (None, "")


def number(question: Question, name: str, otherwise: int) -> int:
    """A natural number."""
    if not is_told(question, name):
        return otherwise
    told = question[name]
    text = str(told)
    is_right = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    if isinstance(told, bool) or not is_right:
        raise QuestionWrong(name, "Must be a natural number")
    return int(text)


def number_or_all(question: Question, name: str, otherwise: int | None) -> int | None:
    """Below nought: all of them, as is None."""
    text = str(question.get(name) or "")
    if text.startswith("-") and text[1:].isascii() and text[1:].isdecimal():
        return None
    return number(question, name, otherwise or 0) if is_told(question, name) else otherwise


def is_yes(question: Question, name: str, *, otherwise: bool = False) -> bool:
    return str(question[name]).lower() in YES if is_told(question, name) else otherwise


def structure(question: Question, name: str) -> Any:
    """A list or an object; in an address it stands there as JSON. None where nothing was said."""
    told = question.get(name) or None
    if not isinstance(told, str):
        return told
    try:
        return parsed(told)
    except ValueError as error:
        raise QuestionWrong(name, "Cannot parse JSON") from error
