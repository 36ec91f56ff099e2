"""A column of a collection, as it is kept: the lake's name and type, and the source's type."""

from .names import checked_type


def column_of(name: str, source_type: str, type_: str | None = None) -> dict[str, str]:
    lake = checked_type(type_ or source_type or "VARCHAR")
    return {"name": name, "type": lake, "source_type": source_type}
