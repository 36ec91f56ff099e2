"""A source looks different: the collection waits, and a person decides."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .columns import column_of
from .definition import definition_of
from .drift_words import in_words
from .models import Collection, DriftHold
from .refusals import ColumnsUnclear, HoldDecided
from .versions import keep_version

ADOPT, LEAVE_OUT = "adopt", "leave_out"


@transaction.atomic
def decide_hold(*, hold_id: int, decision: str, by: Actor) -> DriftHold:
    """采纳: the collection follows the source. 不收: new columns are left out for good."""
    hold = DriftHold.objects.select_for_update().filter(pk=hold_id).first()
    if hold is None:
        raise NotFound
    # The row too: a run that ends now, or a colleague, would be overwritten.
    rows = Collection.objects.select_for_update(of=("self",))
    collection = rows.select_related("source__department").get(pk=hold.collection_id)
    before = definition_of(collection)
    if not policy.may_manage(by, collection.source.department.credit_code):
        raise Refused
    if hold.decided_at is not None:
        raise HoldDecided
    if decision == LEAVE_OUT and set(hold.found) == {"new"}:
        collection.ignored = sorted({*collection.ignored, *hold.found["new"]})
    elif decision == ADOPT:
        _adopt(collection, hold.found)
    else:
        raise ColumnsUnclear("少了的列和变了的类型不能略过，请采纳，或请源系统恢复")
    if definition_of(collection) != before:
        why = f"源变了，采纳：{in_words(hold.found)}"
        keep_version(collection, before, why=why, by=by, is_whole=False)
    collection.save()
    hold.decision, hold.decided_by, hold.decided_at = decision, by.name, clock.now()
    hold.collection = collection
    hold.save()
    audit.record(by=by, action=f"lake.hold.{decision}", subject=collection.audit_subject)
    return hold


@transaction.atomic
def hold_collection(*, collection: Collection, found: Mapping[str, Any]) -> DriftHold:
    """Once for as long as nobody decides. The engine holds; a person's word ends it."""
    hold, _ = DriftHold.objects.update_or_create(
        collection=collection,
        decided_at=None,
        defaults={"found": dict(found)},
        create_defaults={"found": dict(found), "since": clock.now()},
    )
    return hold


def _adopt(collection: Collection, found: Mapping[str, Any]) -> None:
    """A type of the lake stays: what no longer fits it is quarantined, with its reason."""
    gone, retyped = set(found.get("gone", [])), found.get("retyped", {})
    needed = gone & {*collection.key, collection.watermark_column}
    if needed:
        raise ColumnsUnclear(f"主键和水位列不能没有：{'、'.join(sorted(needed))}")
    kept = [one for one in collection.columns if one["name"] not in gone]
    for one in kept:
        if one["name"] in retyped:
            one["source_type"] = retyped[one["name"]][1]
    new = [column_of(name, type_) for name, type_ in found.get("new", {}).items()]
    collection.columns = [*kept, *new]
    if "shrunk" in found:
        collection.options = {**collection.options, "may_shrink": True}
