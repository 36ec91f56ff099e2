"""An entry of a new installation, drafted, agreed and published by whoever would do it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    items_in,
    publish_entry,
    submit_entry,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post, actor_by_username
from diebian.standards.metadata import Level, UpdateCycle
from diebian.standards.sharing import SharingType

A_MONTH = timedelta(days=30)


@transaction.atomic
def published(told: Mapping[str, Any], people: Mapping[str, Any], manager: Actor) -> UUID:
    items = items_in(told.get("items", "")) or _bare_items(told["contract"])
    facts = EntryFacts(
        title=told["entry"],
        sharing=SharingType.CONDITIONAL,
        share_condition=told.get("condition", ""),
        summary=told.get("summary", ""),
        level=max(item.level for item in items),
        update_cycle=UpdateCycle.LIVE,
        responsible=manager.name,
        review_due=clock.today() + 12 * A_MONTH,
        items=items,
    )
    made = draft_entry(facts=facts, by=manager).public_id
    submit_entry(entry_id=made, secrecy_reviewed=True, privacy_assessed=True, by=manager)
    approve_entry(entry_id=made, by=_holder(people, Post.DATA_HEAD, told["organisation"]))
    publish_entry(entry_id=made, by=_holder(people, Post.AUTHORITY))
    return made


def _bare_items(contract: Mapping[str, Any]) -> list[ItemFacts]:
    """Where nobody has described the columns yet: as strict as can be."""
    return [ItemFacts(name=one, column=one, level=Level.FOUR) for one in contract["fields"]]


def _holder(people: Mapping[str, Any], post: Post, organisation: str = "") -> Actor:
    for one in people["officials"]:
        if post in one["posts"] and organisation in {"", one["organisation"]}:
            return actor_by_username(one["username"])
    raise NotFound(f"{organisation} {post}")
