"""What several people in their posts do together at a first start, each their part."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.base.catalogue.public import (
    EntryFacts,
    ItemFacts,
    approve_entry,
    draft_entry,
    entry_id,
    items_in,
    publish_entry,
    submit_entry,
)
from diebian.base.exchange.public import (
    Mode,
    agree,
    approve_request,
    is_asked,
    provision,
    request_share,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import PLATFORM, Actor, Post, actor_by_username
from diebian.standards.metadata import Level, UpdateCycle
from diebian.standards.sharing import SharingType

A_MONTH = timedelta(days=30)


def entry_of(told: Mapping[str, Any], people: Mapping[str, Any], manager: Actor) -> UUID:
    """The manager's entry of this title, as it stands; published by three people where none is."""
    found = entry_id(provider=manager.department, title=told["entry"])
    return _published(told, people, manager) if found is None else found


@transaction.atomic
def _published(told: Mapping[str, Any], people: Mapping[str, Any], manager: Actor) -> UUID:
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
    approve_entry(entry_id=made, by=holder(people, Post.DATA_HEAD, told["organisation"]))
    publish_entry(entry_id=made, by=holder(people, Post.AUTHORITY))
    return made


def _bare_items(contract: Mapping[str, Any]) -> list[ItemFacts]:
    """Where nobody has described the columns yet: as strict as can be."""
    return [ItemFacts(name=one, column=one, level=Level.FOUR) for one in contract["fields"]]


def holder(people: Mapping[str, Any], post: Post, organisation: str = "") -> Actor:
    for one in people["officials"]:
        if post in one["posts"] and organisation in {"", one["organisation"]}:
            return actor_by_username(one["username"])
    raise NotFound(f"{organisation} {post}")


def ask_and_grant(told: Mapping[str, Any]) -> None:
    """Applicant, own data head, provider's data head, platform: each does their part."""
    applicant = actor_by_username(told["requested_by"])
    if is_asked(resource=told["resource"], consumer=applicant.department):
        return
    until: date = clock.today() + told["months"] * A_MONTH
    request = request_share(
        resource=told["resource"],
        purpose=told["purpose"],
        legal_basis=told["legal_basis"],
        scene=told["scene"],
        columns=told["columns"],
        tier=told["tier"],
        mode=told.get("mode", Mode.ROWS),
        valid_to=until,
        by=applicant,
    )
    grant(request.pk, told)


def grant(request: int, told: Mapping[str, Any]) -> None:
    approve_request(request_id=request, by=actor_by_username(told["office_head"]))
    agree(request_id=request, by=actor_by_username(told["provider_head"]))
    provision(request_id=request, by=PLATFORM)
