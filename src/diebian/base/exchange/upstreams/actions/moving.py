"""A node above at another address: tried before it counts, and nothing secret goes there unsaid."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse

from diebian.base.catalogue.public import ResourceLine, resources_asking
from diebian.base.exchange import policy
from diebian.base.exchange.adapters.models import (
    Circuit,
    Upstream,
    UpstreamAddress,
    is_address,
    key_name,
)
from diebian.base.exchange.adapters.probing import try_at
from diebian.base.exchange.protocol.refusals import (
    CircuitOpen,
    UpstreamUnavailable,
    UpstreamWrong,
)
from diebian.base.exchange.upstreams.refusals import (
    AddressMoved,
    AddressRefused,
    AddressSame,
    AddressUnclear,
    AddressWeaker,
    MoveUnexplained,
    SecretsUnsaid,
)
from diebian.base.exchange.upstreams.selectors import credentials_in
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Post, Refused, officials_holding
from diebian.security.keys.public import Mac, hold

from .keeping import mac_of


def change_address(
    *,
    system: str,
    address: str,
    instead_of: str,
    reason: str,
    key_id: str = "",
    secret: str = "",
    is_key_kept: bool = False,
    are_headers_sent: bool = False,
    by: Actor,
) -> Upstream:
    """`instead_of`: the address that was read when this was decided. Either another key comes with
    it, or `is_key_kept` says that the one there is may sign what goes to the new address;
    `are_headers_sent` the same of credentials that stand in the node's interfaces.

    Each of its interfaces is really asked there first, which counts at the node and here. Calls
    that are under way end where they began, with the key that they began with.
    """
    if not policy.may_keep_upstreams(by):
        raise Refused
    found = Upstream.objects.filter(system=system).first()
    if found is None:
        raise NotFound
    why = reason.strip()[:300]
    if not why:
        raise MoveUnexplained
    interfaces = resources_asking([system])
    _check_address(found, address, instead_of)
    mac = mac_of(key_id, secret) if key_id or secret else None
    _check_secrets(found, interfaces, mac, is_key_kept=is_key_kept, are_sent=are_headers_sent)
    try:
        try_at(address, [one.contract for one in interfaces], mac)
    except (UpstreamUnavailable, UpstreamWrong, CircuitOpen) as error:
        raise AddressRefused(error.told) from error
    return _changed(found, address, mac, why, interfaces, by)


def _check_address(found: Upstream, address: str, instead_of: str) -> None:
    if not is_address(address):
        raise AddressUnclear
    if found.address != instead_of:
        raise AddressMoved
    if address == found.address:
        raise AddressSame
    if found.address.startswith("https:") and urlsplit(address).scheme != "https":
        raise AddressWeaker


def _check_secrets(
    found: Upstream,
    interfaces: Sequence[ResourceLine],
    mac: Mac | None,
    *,
    is_key_kept: bool,
    are_sent: bool,
) -> None:
    """Exactly one word about the key; and where others are kept, a word about them."""
    if is_key_kept == (mac is not None):
        raise SecretsUnsaid(f"新地址用新的密钥，还是仍用 {found.key_id}，请选一样")
    if (told := credentials_in(interfaces)) and not are_sent:
        raise SecretsUnsaid(f"这些接口里存着凭证：{'、'.join(told)}")


@transaction.atomic
def _changed(
    seen: Upstream,
    address: str,
    mac: Mac | None,
    reason: str,
    interfaces: Sequence[ResourceLine],
    by: Actor,
) -> Upstream:
    upstream = Upstream.objects.select_for_update().get(pk=seen.pk)
    if (upstream.address, upstream.held_as) != (seen.address, seen.held_as):
        raise AddressMoved
    now = clock.now()
    told: dict[str, Any] = {"address": address, "circuit": Circuit.CLOSED}
    told |= {"circuit_since": None, "circuit_reason": ""}
    if mac is not None:
        number = upstream.addresses.count() + 1
        told |= {"held_as": f"{key_name(upstream.system)}.{number}"}
        told |= {"key_id": mac.key_id, "key_since": now}
        hold(told["held_as"], mac)
    _set(upstream, told)
    UpstreamAddress.objects.create(
        upstream=upstream, address=address, key_id=upstream.key_id, since=now,
        by=by.name, reason=reason,
    )  # fmt: skip
    audit.record(by=by, action="exchange.upstream.address_changed", subject=upstream.audit_subject)
    _tell(upstream, reason, interfaces, by)
    return upstream


def _set(upstream: Upstream, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(upstream, name, value)
    upstream.save(update_fields=list(told))


def _tell(upstream: Upstream, reason: str, interfaces: Sequence[ResourceLine], by: Actor) -> None:
    """The other officials of the authority, and who answers for its interfaces here."""
    providers = {one.provider for one in interfaces}
    managers = [
        key
        for one in sorted(providers)
        for key in officials_holding(Post.DATA_MANAGER, department=one)
    ]
    keys = [*officials_holding(Post.AUTHORITY), *managers]
    notify_all(
        keys=[key for key in keys if key != by.key],
        title=f"上级平台换了地址：{upstream.title}",
        body=f"{by.name}把它换到 {upstream.address}，密钥 {upstream.key_id}，理由：{reason}。"
        "已经真的问过，答好了才换的。您没有听说过这件事的，请马上问数据主管部门。",
        link=reverse("exchange:upstreams"),
        by=PLATFORM,
    )
