"""What was compiled, as JSON that a version keeps; and read again."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from diebian.scenes.services.items.facts import Situation

from .facts import About, Compiled, Field, Note, Paper, Part, Question, Use
from .ordering import Block, One, Parallel, Series

Document = Mapping[str, Any]
KINDS: Mapping[str, type[Series] | type[Parallel]] = {"series": Series, "parallel": Parallel}


def kept(told: Compiled) -> dict[str, Any]:
    """All but the drawing, which is a file of its own."""
    document = {one.name: _plain(getattr(told, one.name)) for one in fields(told)}
    return {name: value for name, value in document.items() if name != "drawing"}


def digest_of(told: Compiled) -> str:
    text = json.dumps([kept(told), told.drawing], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def read(document: Document, drawing: str) -> Compiled:
    return Compiled(
        **{
            **document,
            "parts": tuple(_part(one) for one in document["parts"]),
            "order": _block(document["order"]),
            "questions": tuple(_question(one) for one in document["questions"]),
            "fields": tuple(_field(one) for one in document["fields"]),
            "papers": tuple(_paper(one) for one in document["papers"]),
            "notes": tuple(Note(About(one["about"]), one["says"]) for one in document["notes"]),
            "drawing": drawing,
        }
    )


def _part(told: Document) -> Part:
    return Part(**{**told, "after": tuple(told["after"]), "behind": tuple(told["behind"])})


def _block(told: Document) -> Block:
    if "one" in told:
        return One(told["one"])
    name, inside = next(iter(told.items()))
    return KINDS[name](tuple(_block(one) for one in inside))


def _question(told: Document) -> Question:
    situation = told["situation"]
    return Question(
        Situation(
            **{
                **situation,
                "choices": tuple(situation["choices"]),
                "asked_when": _when(situation["asked_when"]),
            }
        ),
        tuple(told["wanted_by"]),
    )


def _field(told: Document) -> Field:
    return Field(**{**told, "uses": tuple(_use(one) for one in told["uses"])})


def _paper(told: Document) -> Paper:
    uses = tuple(_use(one) for one in told["uses"])
    return Paper(**{**told, "uses": uses, "givers": tuple(told["givers"])})


def _use(told: Document) -> Use:
    return Use(**{**told, "when": _when(told["when"])})


def _when(told: Document) -> dict[str, tuple[str, ...]]:
    return {slug: tuple(values) for slug, values in told.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, One):
        return {"one": value.code}
    if isinstance(value, Series | Parallel):
        return {type(value).__name__.lower(): [_plain(one) for one in value.blocks]}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value
