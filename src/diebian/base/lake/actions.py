"""Everything that changes what is collected. One verb, one transaction, one line in the trail."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_keys

from . import policy
from .models import Collection, DriftHold, Mode, Run, RunState, Schedule, Source, SourceKind
from .names import LAKE_TABLE, PUSH, checked_names, checked_type
from .refusals import (
    AddressWrong,
    ColumnsUnclear,
    HoldDecided,
    NotRunning,
    SlugTaken,
    TableUnknown,
    WindowWrong,
)

ADOPT, LEAVE_OUT = "adopt", "leave_out"


@transaction.atomic
def register_source(
    *,
    slug: str,
    title: str,
    department: str,
    kind: SourceKind,
    address: Mapping[str, Any],
    by: Actor,
    secret: str = "",
    is_sample: bool = False,
) -> Source:
    """`secret` is the name of a password that the operators keep, not the password."""
    from .sources import checked_address

    if not policy.may_manage(by, department):
        raise Refused
    if Source.objects.filter(slug=slug).exists():
        raise SlugTaken(slug)
    made = Source.objects.create(
        slug=slug,
        title=title,
        department_id=department_keys()[department],
        kind=kind,
        address=checked_address(kind, address),
        secret=secret,
        is_sample=is_sample,
    )
    audit.record(by=by, action="lake.source.registered", subject=made.audit_subject)
    return made


def define_collection(
    *,
    slug: str,
    title: str,
    source: str,
    table: str,
    by: Actor,
    mode: Mode = Mode.FULL,
    key: Sequence[str] = (),
    watermark_column: str = "",
    schedule: Schedule = Schedule.MANUAL,
    entry: UUID | None = None,
    types: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Collection:
    """Really looks at the source. `types` says otherwise than the source for some columns."""
    found = _managed_source(source, by)
    told = dict(options or {})
    lake_table = slug.replace("-", "_")
    if not LAKE_TABLE.fullmatch(lake_table):
        raise TableUnknown(slug)
    columns = _columns(found, table, told, dict(types or {}), set(_extras(mode, told)))
    watermark = PUSH if found.kind == SourceKind.PUSH else watermark_column
    mode = Mode.WATERMARK if found.kind == SourceKind.PUSH else mode
    _check_key(columns, key, mode, watermark, told)
    with transaction.atomic():
        if Collection.objects.filter(lake_table=lake_table).exists():
            raise SlugTaken(slug)
        made = Collection.objects.create(
            slug=slug,
            title=title,
            source=found,
            entry_id=entry,
            table=table,
            lake_table=lake_table,
            mode=mode,
            key=list(key),
            watermark_column=watermark,
            columns=columns,
            options=told,
            schedule=schedule,
        )
        audit.record(by=by, action="lake.collection.defined", subject=made.audit_subject)
    return made


@transaction.atomic
def define_all(
    *, source: str, by: Actor, prefix: str, schedule: Schedule = Schedule.MANUAL
) -> list[Collection]:
    """Every table of a PostgreSQL source that is not collected yet, whole, by its primary key."""
    from .sources import Readers

    found = _managed_source(source, by)
    known = set(found.collections.values_list("table", flat=True))
    made = []
    for table, shape in Readers().tables(found.kind, found.address, found.secret):
        lake_table = f"{prefix}_{table}".replace(".", "_").lower()
        if table in known or not LAKE_TABLE.fullmatch(lake_table):
            continue  # a name that no lake table can have is defined by hand, under another
        made.append(
            Collection(slug=lake_table.replace("_", "-"), title=table, source=found, table=table,
                       lake_table=lake_table, schedule=schedule,
                       key=[one.name for one in shape.columns if one.name in shape.unique],
                       columns=[_column(one.name, one.type) for one in shape.columns])
        )  # fmt: skip
    Collection.objects.bulk_create(made)
    audit.record(by=by, action="lake.source.all_defined", subject=found.audit_subject)
    return made


@transaction.atomic
def open_runs(
    *, collections: Sequence[Collection], writer: str, by: Actor, since: str = "", until: str = ""
) -> list[Run]:
    """Before anything is read. `writer` names the process, for whoever clears up after it."""
    for one in collections:
        if not policy.may_manage(by, one.source.department.credit_code):
            raise Refused
        if (since or until) and one.mode == Mode.FULL:
            raise WindowWrong(f"“{one.title}”是全量归集，没有起止可分")
        audit.record(by=by, action="lake.collection.started", subject=one.audit_subject)
    now = clock.now()
    return Run.objects.bulk_create(
        Run(collection=one, writer=writer, started_by=by.name, started_at=now,
            window_from=since, window_to=until, watermark_before=one.watermark)
        for one in collections
    )  # fmt: skip


@transaction.atomic
def ask_collection(*, slug: str, by: Actor) -> None:
    """A person presses the button; the worker does it as soon as it can."""
    from .jobs import collect_now

    found = Collection.objects.select_related("source__department").filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_manage(by, found.source.department.credit_code):
        raise Refused
    audit.record(by=by, action="lake.collection.asked", subject=found.audit_subject)
    collect_now.defer(slug=slug)


@transaction.atomic
def stop_run(*, run_id: int, by: Actor) -> Run:
    """Nothing of it goes into the lake; the next run begins where the last whole one ended."""
    runs = Run.objects.select_for_update(of=("self",))
    run = runs.select_related("collection__source__department").filter(pk=run_id).first()
    if run is None:
        raise NotFound
    if not policy.may_manage(by, run.collection.source.department.credit_code):
        raise Refused
    if run.state != RunState.RUNNING:
        raise NotRunning
    run.is_stopping = True
    run.save()
    audit.record(by=by, action="lake.run.stopped", subject=run.collection.audit_subject)
    return run


@transaction.atomic
def decide_hold(*, hold_id: int, decision: str, by: Actor) -> DriftHold:
    """采纳: the collection follows the source. 不收: new columns are left out for good."""
    holds = DriftHold.objects.select_for_update(of=("self",))
    hold = holds.select_related("collection__source__department").filter(pk=hold_id).first()
    if hold is None:
        raise NotFound
    collection = hold.collection
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
    collection.save()
    hold.decision, hold.decided_by, hold.decided_at = decision, by.name, clock.now()
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
    new = [_column(name, type_) for name, type_ in found.get("new", {}).items()]
    collection.columns = [*kept, *new]
    if "shrunk" in found:
        collection.options = {**collection.options, "may_shrink": True}


def _managed_source(slug: str, by: Actor) -> Source:
    found = Source.objects.select_related("department").filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_manage(by, found.department.credit_code):
        raise Refused
    return found


def _columns(
    source: Source, table: str, options: dict[str, Any], types: dict[str, str], extras: set[str]
) -> list[dict[str, str]]:
    from .sources import Readers

    if source.kind == SourceKind.PUSH:
        told = [_column(name, type_) for name, type_ in types.items()]
    else:
        reader = Readers().open(
            kind=source.kind, address=source.address, secret_name=source.secret,
            source_slug=source.slug, table=table, options=options,
        )  # fmt: skip
        told = [_column(one.name, one.type, types.get(one.name)) for one in reader.shape().columns]
    told = [one for one in told if one["name"] not in extras]
    checked_names([one["name"] for one in told])
    unknown = set(types) - {one["name"] for one in told}
    if unknown or not told:
        raise ColumnsUnclear(
            f"源里没有列：{'、'.join(sorted(unknown))}" if unknown else "一列也没有"
        )
    return told


def _column(name: str, source_type: str, type_: str | None = None) -> dict[str, str]:
    lake = checked_type(type_ or source_type or "VARCHAR")
    return {"name": name, "type": lake, "source_type": source_type}


def _extras(mode: Mode, options: dict[str, Any]) -> list[str]:
    """Told columns that only steer: the kind of change, and its running number."""
    if mode != Mode.CHANGES:
        return []
    if not options.get("op"):
        raise AddressWrong("按变更记录归集，要写明哪一列说明增、改、删")
    return [str(options["op"]), str(options.get("sequence", ""))]


def _check_key(
    columns: list[dict[str, str]], key: Sequence[str], mode: Mode, watermark: str,
    options: dict[str, Any],
) -> None:  # fmt: skip
    names = {one["name"] for one in columns}
    unknown = [name for name in key if name not in names]
    if watermark and watermark != PUSH and watermark != options.get("sequence"):
        unknown += [watermark] if watermark not in names else []
    if unknown:
        raise ColumnsUnclear(f"源里没有列：{'、'.join(unknown)}")
    if mode != Mode.FULL and not (key and watermark):
        raise ColumnsUnclear("增量归集要写明主键和水位列")
