"""`instance of`, and what a parameter may be."""

from .tree import Type
from .values import Function, Range, Value, kind_of


def is_of(value: Value, type_: Type) -> bool:  # noqa: PLR0911 - a line for each kind
    """Null is of no kind but its own."""
    if type_.name in ("Any", "Null"):
        return (value is None) == (type_.name == "Null")
    if value is None or kind_of(value) != type_.name:
        return False
    match value:
        case list():
            return all(_is_part(one, type_.parts) for one in value)
        case Range():
            return _is_part(value.low, type_.parts) and _is_part(value.high, type_.parts)
        case dict():
            wanted = zip(type_.members, type_.parts, strict=True)
            return all(name in value and _is_part(value[name], (one,)) for name, one in wanted)
        case Function():
            return len(type_.parts) - 1 in (0, len(value.parameters))
    return True


def conforms(value: Value, type_: Type | None) -> bool:
    """Null fits everywhere."""
    return value is None or type_ is None or type_.name == "Any" or is_of(value, type_)


def _is_part(value: Value, parts: tuple[Type, ...]) -> bool:
    return not parts or conforms(value, parts[0])
