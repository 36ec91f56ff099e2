"""How a resource of each kind is mounted and tried. Components above register what they can try."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.kernel.registry import Registry
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .models import Entry, Kind, Resource, State
from .refusals import ContractInUse, NotPublished, ProbeFailed, ResourceInUse, SlugTaken
from .rows import lock, worded
from .users import losses_of, names_of

Probe = Callable[[dict[str, Any]], set[str]]


@dataclass(frozen=True)
class MountWay:
    """`probe` really reaches the thing that a contract names; `url_name` is where it is mounted."""

    slug: str  # the kind, or who answers or gives it: `ResourceLine.way`
    title: str
    url_name: str
    probe: Probe


mount_ways = Registry[MountWay]("mount way")


def mount_resource(
    *,
    entry_id: UUID,
    slug: str,
    title: str,
    contract: dict[str, Any],
    probe: Probe,
    by: Actor,
    kind: Kind = Kind.INTERFACE,
) -> Resource:
    """挂载. `probe` really asks the system, the lake or the store and names what came back.

    Mounted anew it keeps what others use of it, or `ContractInUse` names them (第二十七条).
    """
    _mountable(entry_id, slug, kind, by)  # nobody else makes us call a department's system
    columns = probe(contract)  # outside the transaction: a slow department holds no lock
    _refuse_missing(contract, columns)
    with transaction.atomic():
        entry = _mountable(entry_id, slug, kind, by)
        _refuse_losses(slug, contract)
        now = clock.now()
        kept = {"title": title, "contract": contract, "mounted_at": now, "probed_at": now}
        kept |= {"kind": kind, "unmounted_at": None, "unmounted_why": ""}
        resource, _ = Resource.everything.update_or_create(slug=slug, entry=entry, defaults=kept)
        audit.record(by=by, action="catalogue.resource.mounted", subject=f"resource:{slug}")
    return resource


def record_probe(*, slug: str, probe: Probe, by: Actor) -> None:
    """Asks again with the contract that is mounted; the moment of success is kept."""
    resource = Resource.objects.select_related("entry__provider").filter(slug=slug).first()
    if resource is None:
        raise NotFound
    if not policy.may_mount(by, resource.entry):
        raise Refused
    _refuse_missing(resource.contract, probe(resource.contract))
    with transaction.atomic():
        Resource.objects.filter(pk=resource.pk).update(probed_at=clock.now())
        audit.record(by=by, action="catalogue.resource.probed", subject=f"resource:{slug}")


@transaction.atomic
def unmount_resource(*, slug: str, reason: str, by: Actor) -> None:
    """卸载. The row and its requests stay; nobody finds it or asks for it any more."""
    rows = Resource.objects.select_for_update(of=("self",)).select_related("entry__provider")
    resource = rows.filter(slug=slug).first()
    if resource is None:
        raise NotFound
    if not policy.may_mount(by, resource.entry):
        raise Refused
    if names := names_of(resource.pk):
        raise ResourceInUse(names)
    resource.unmounted_why, resource.unmounted_at = worded(reason), clock.now()
    resource.save(update_fields=["unmounted_why", "unmounted_at"])
    audit.record(by=by, action="catalogue.resource.unmounted", subject=f"resource:{slug}")


def _refuse_missing(contract: dict[str, Any], columns: set[str]) -> None:
    missing = set(contract["fields"]) - columns
    if missing:
        raise ProbeFailed(f"没有返回：{'、'.join(sorted(missing))}")


def _refuse_losses(slug: str, contract: dict[str, Any]) -> None:
    resource = Resource.objects.select_for_update().filter(slug=slug).first()
    if resource is not None and (losses := losses_of(resource.pk, contract)):
        raise ContractInUse(losses)


def _mountable(entry_id: UUID, slug: str, kind: Kind, by: Actor) -> Entry:
    """A code stays with its entry and its kind, also after an unmounting: grants name it."""
    with transaction.atomic():
        entry = lock(entry_id)
        if not policy.may_mount(by, entry):
            raise Refused
        if entry.state != State.PUBLISHED:
            raise NotPublished
        found = Resource.everything.filter(slug=slug).first()
        if found is not None and (found.entry_id != entry.pk or found.kind != kind):
            raise SlugTaken
    return entry
