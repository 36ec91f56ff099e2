"""A base's first start: its departments give leave, it is offered, and somebody is granted it."""

from collections.abc import Mapping
from typing import Any

from diebian.base.catalogue.public import resource, resources_of
from diebian.base.exchange.public import share
from diebian.base.masterdata.public import ask_leave, mount_base, requests_of
from diebian.kernel import clock
from diebian.security.identity.public import actor_by_username

from .acting import A_MONTH, ask_and_grant, entry_of, grant

Told = Mapping[str, Any]


def stand_up(told: Told, people: Told) -> None:
    """What was done once is not done again."""
    if not requests_of(told["slug"]):
        _leaves(told)
    if "offer" in told:
        _offer(told["offer"], told["slug"], people)
    for one in told.get("requests", []):
        ask_and_grant({**one, "resource": told["offer"]["resource"]})


def _leaves(told: Told) -> None:
    """Applicant, own data head, the head of each department whose table it is, platform."""
    heads = {actor_by_username(one).department: one for one in told["provider_heads"]}
    until = clock.today() + told["months"] * A_MONTH
    applicant = actor_by_username(told["requested_by"])
    for request in ask_leave(slug=told["slug"], valid_to=until, by=applicant):
        provider = resource(share(request).resource).provider
        grant(request, {**told, "provider_head": heads[provider]})


def _offer(told: Told, slug: str, people: Told) -> None:
    manager = actor_by_username(told["mounted_by"])
    entry = entry_of(told, people, manager)
    if not resources_of(entry):
        mount_base(
            slug=slug, entry_id=entry, resource=told["resource"], title=told["title"], by=manager
        )
