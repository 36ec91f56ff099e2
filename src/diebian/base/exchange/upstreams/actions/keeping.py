"""Nodes above the city: made known, and given another key."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from diebian.base.catalogue.public import resources_asking
from diebian.base.exchange import policy
from diebian.base.exchange.adapters.models import (
    Level,
    Upstream,
    UpstreamAddress,
    is_address,
    key_name,
)
from diebian.base.exchange.adapters.probing import sample_rows
from diebian.base.exchange.protocol.refusals import UpstreamWrong
from diebian.base.exchange.upstreams.refusals import (
    AddressUnclear,
    KeyRefused,
    KeyTooShort,
    UpstreamKnown,
)
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused
from diebian.security.keys.public import SHORTEST, Mac, hold


@transaction.atomic
def register_upstream(
    *,
    system: str,
    title: str,
    level: Level,
    key_id: str,
    secret: str,
    address: str = "",
    by: Actor,
) -> Upstream:
    """The key goes to `security.keys` and nowhere else. Raises `UpstreamKnown`."""
    if not policy.may_keep_upstreams(by):
        raise Refused
    if address and not is_address(address):
        raise AddressUnclear
    mac = mac_of(key_id, secret)
    now, where = clock.now(), {"address": address, "key_id": mac.key_id}
    facts = {"title": title, "level": level, "held_as": key_name(system), **where}
    try:
        with transaction.atomic():
            made = Upstream.objects.create(system=system, key_since=now, **facts)
    except IntegrityError as error:  # the second click, or a colleague
        raise UpstreamKnown from error
    UpstreamAddress.objects.create(
        upstream=made, since=now, by="平台" if by == PLATFORM else by.name, reason="登记", **where
    )
    hold(made.held_as, mac)
    audit.record(by=by, action="exchange.upstream.registered", subject=made.audit_subject)
    return made


def change_key(*, system: str, key_id: str, secret: str, by: Actor) -> Upstream:
    """The node is asked with the new key first: refused there, the old one goes on being used.

    Raises `KeyRefused`; that one question counts at the node, and here.
    """
    if not policy.may_keep_upstreams(by):
        raise Refused
    if not Upstream.objects.filter(system=system).exists():
        raise NotFound
    mac = mac_of(key_id, secret)
    for contract in _contracts(system)[:1]:
        try:
            sample_rows(contract, mac)
        except UpstreamWrong as error:
            raise KeyRefused from error
    return _changed(system, mac, by)


@transaction.atomic
def _changed(system: str, mac: Mac, by: Actor) -> Upstream:
    upstream = Upstream.objects.select_for_update().get(system=system)
    upstream.key_id, upstream.key_since = mac.key_id, clock.now()
    upstream.save(update_fields=["key_id", "key_since"])
    audit.record(by=by, action="exchange.upstream.key_changed", subject=upstream.audit_subject)
    hold(upstream.held_as, mac)
    return upstream


def _contracts(system: str) -> list[Mapping[str, Any]]:
    return [one.contract for one in resources_asking([system])]


def mac_of(key_id: str, secret: str) -> Mac:
    """Raises `KeyTooShort`."""
    if not key_id.strip() or len(secret) < SHORTEST:
        raise KeyTooShort
    return Mac(key_id.strip(), secret)
