"""What is collected: sources and collections. One verb, one transaction, one line in the trail."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_keys

from . import policy
from .addresses import checked_address
from .columns import column_of
from .models import Collection, Mode, Schedule, Source, SourceKind
from .names import LAKE_TABLE, PUSH, checked_names
from .refusals import AddressWrong, ColumnsUnclear, SlugTaken, TableUnknown


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
    columns = shape_of(found, table, told, dict(types or {}), set(extras_of(mode, told)))
    watermark = PUSH if found.kind == SourceKind.PUSH else watermark_column
    mode = Mode.WATERMARK if found.kind == SourceKind.PUSH else mode
    check_key(columns, key, mode, watermark, told)
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
    from .sources import Readers, place_of
    from .watch import looking

    found = _managed_source(source, by)
    known = set(found.collections.values_list("table", flat=True))
    made = []
    with looking() as watch:
        there = Readers().tables(place_of(found), watch)
    for table, shape in there:
        lake_table = f"{prefix}_{table}".replace(".", "_").lower()
        if table in known or not LAKE_TABLE.fullmatch(lake_table):
            continue  # a name that no lake table can have is defined by hand, under another
        made.append(
            Collection(slug=lake_table.replace("_", "-"), title=table, source=found, table=table,
                       lake_table=lake_table, schedule=schedule,
                       key=[one.name for one in shape.columns if one.name in shape.unique],
                       columns=[column_of(one.name, one.type) for one in shape.columns])
        )  # fmt: skip
    Collection.objects.bulk_create(made)
    audit.record(by=by, action="lake.source.all_defined", subject=found.audit_subject)
    return made


def _managed_source(slug: str, by: Actor) -> Source:
    found = Source.objects.select_related("department").filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_manage(by, found.department.credit_code):
        raise Refused
    return found


def shape_of(
    source: Source, table: str, options: dict[str, Any], types: dict[str, str], extras: set[str]
) -> list[dict[str, str]]:
    from .sources import Readers, place_of
    from .watch import looking

    if source.kind == SourceKind.PUSH:
        told = [column_of(name, type_) for name, type_ in types.items()]
    else:
        with looking() as watch:
            reader = Readers(only=table).open(
                place_of(source), table=table, options=options, watch=watch
            )
            shape = reader.shape()
        told = [column_of(one.name, one.type, types.get(one.name)) for one in shape.columns]
    told = [one for one in told if one["name"] not in extras]
    checked_names([one["name"] for one in told])
    unknown = set(types) - {one["name"] for one in told}
    if unknown or not told:
        raise ColumnsUnclear(
            f"源里没有列：{'、'.join(sorted(unknown))}" if unknown else "一列也没有"
        )
    return told


def extras_of(mode: Mode, options: dict[str, Any]) -> list[str]:
    """Told columns that only steer: the kind of change, and its running number."""
    if mode != Mode.CHANGES:
        return []
    if not options.get("op"):
        raise AddressWrong("按变更记录归集，要写明哪一列说明增、改、删")
    return [str(options["op"]), str(options.get("sequence", ""))]


def check_key(
    columns: list[dict[str, str]], key: Sequence[str], mode: Mode, watermark: str,
    options: dict[str, Any],
) -> None:  # fmt: skip
    names = {one["name"] for one in columns}
    unknown = [name for name in key if name not in names]
    if watermark and watermark != PUSH and watermark != options.get("sequence"):
        unknown += [watermark] if watermark not in names else []
    if unknown:
        raise ColumnsUnclear(f"源里没有列：{'、'.join(unknown)}")
    kept = {one["name"]: one for one in columns}.get(watermark)
    if kept and kept["source_type"] not in {"", kept["type"]}:  # the source compares it as its own
        raise ColumnsUnclear(f"水位列“{watermark}”不能换类型，源里是 {kept['source_type']}")
    if mode != Mode.FULL and not (key and watermark):
        raise ColumnsUnclear("增量归集要写明主键和水位列")
