"""A collection of the lake as what a mounted table is read from. The lake is loaded when read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from diebian.base.catalogue.public import Kind, ResourceLine
from diebian.base.exchange.public import GrantTerms
from diebian.base.lake.public import Selection, collected_at, lake_table, open_lake, read_rows

from .origins import Origin, Reading, Taken
from .refusals import ColumnsGone

SECONDS = 30.0  # somebody waits for a file


@contextmanager
def _opened(found: ResourceLine, terms: GrantTerms, salt: str) -> Iterator[Reading]:
    from .outgoing import Outgoing, cut_of

    with open_lake() as lake:
        yield Outgoing(lake, cut_of(lake, found, terms, salt), lake.snapshot())


def _read(found: ResourceLine, terms: GrantTerms, limit: int) -> Taken:
    fields, columns = found.contract["fields"], terms.columns
    if gone := [one for one in columns if one not in fields]:
        raise ColumnsGone("、".join(gone))
    region = {fields[found.contract["region"]]: terms.region} if terms.region else {}
    told = read_rows(
        lake_table(found.contract["collection"]).name,
        Selection(columns=[fields[one] for one in columns], begins=region, limit=limit),
        seconds=SECONDS,
    )
    return Taken(told.rows, told.total, None)


def _moments(found: Sequence[ResourceLine]) -> Mapping[str, datetime | None]:
    moments = collected_at(one.contract["collection"] for one in found)
    return {one.slug: moments.get(one.contract["collection"]) for one in found}


def _hold(found: ResourceLine, snapshot: int | None) -> bool:  # noqa: ARG001  the grant is all
    return True


ORIGIN = Origin(
    slug=Kind.TABLE, made="归集", opened=_opened, read=_read, moments=_moments, hold=_hold
)
