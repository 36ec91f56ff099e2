"""Rows of a mounted table, in the resource's own column names."""

from diebian.base.catalogue.public import Kind, ResourceLine, RowAnswer, RowQuestion, RowSource
from diebian.base.lake.public import Selection, lake_table, read_rows


def read(resource: ResourceLine, asked: RowQuestion) -> RowAnswer:
    theirs = resource.contract["fields"]
    found = read_rows(
        lake_table(resource.contract["collection"]).name,
        Selection(
            columns=[theirs[one] for one in asked.columns],
            equals={theirs[one]: values for one, values in asked.filters.items()},
            order=[(theirs[one], is_down) for one, is_down in asked.order],
            limit=asked.limit,
            offset=asked.offset,
            is_counted=asked.is_counted,
        ),
    )
    types = {one: found.types[theirs[one]] for one in asked.columns}
    return RowAnswer(types, found.rows, found.total)


TABLES = RowSource(slug=Kind.TABLE, read=read)
