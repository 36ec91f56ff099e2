"""挂载 of a table and of a file. The catalogue keeps the resource; here it is really tried."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from diebian.base.catalogue.public import Kind, MountWay, mount_resource, mountable_title
from diebian.base.lake.public import lake_table
from diebian.security.identity.public import Actor

from .contracts import file_contract, probe_file, probe_table, table_contract
from .files import store
from .refusals import MappingEmpty, NotYours

TABLE = MountWay(Kind.TABLE, "挂载库表", "delivery:mount-table", probe_table)
FILE = MountWay(Kind.FILE, "挂载文件", "delivery:mount-file", probe_file)


def mount_table(
    *,
    entry_id: UUID,
    slug: str,
    title: str,
    collection: str,
    fields: Mapping[str, str],
    items: Mapping[str, str],
    by: Actor,
    region: str = "",
) -> None:
    """`fields`: our column to the lake's; `items`: our column to the name of its 信息项."""
    mountable_title(by, entry_id)
    if lake_table(collection).department != by.department:
        raise NotYours
    if not fields:
        raise MappingEmpty
    mount_resource(
        entry_id=entry_id,
        slug=slug,
        title=title,
        contract=table_contract(collection=collection, fields=fields, items=items, region=region),
        probe=probe_table,
        by=by,
        kind=Kind.TABLE,
    )


def mount_file(
    *, entry_id: UUID, slug: str, title: str, name: str, parts: Iterable[bytes], by: Actor
) -> None:
    mountable_title(by, entry_id)  # nobody else fills our disk
    kept = store(name, parts)
    mount_resource(
        entry_id=entry_id,
        slug=slug,
        title=title,
        contract=file_contract(
            digest=kept.digest, name=kept.name, size=kept.size, media=kept.media
        ),
        probe=probe_file,
        by=by,
        kind=Kind.FILE,
    )
