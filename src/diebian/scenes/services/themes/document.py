"""What was compiled, as JSON that a version keeps; and read again."""

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from diebian.scenes.services.items.facts import Situation, plain

from .facts import About, Compiled, Field, Note, Paper, Part, Question, Use
from .ordering import Block, One, Parallel, Series

Document = Mapping[str, Any]
KINDS: Mapping[str, type[Series] | type[Parallel]] = {"series": Series, "parallel": Parallel}


def kept(told: Compiled) -> dict[str, Any]:
    """All but the drawing, which is a file of its own."""
    names = [one.name for one in fields(told) if one.name not in {"drawing", "order"}]
    return {name: plain(getattr(told, name)) for name in names} | {"order": _told(told.order)}


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
        told.get("slugs", {}),
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


def _told(block: Block) -> dict[str, Any]:
    if isinstance(block, One):
        return {"one": block.code}
    return {type(block).__name__.lower(): [_told(one) for one in block.blocks]}
