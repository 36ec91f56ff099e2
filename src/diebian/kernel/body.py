"""What a machine sent: one JSON object, or a refusal that says so."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest, RawPostDataException

from .errors import Invalid, Unreadable
from .json_text import parsed


def object_in(request: HttpRequest) -> dict[str, object]:
    """No body is an empty object: many verbs need no words."""
    try:
        body = parsed(request.body or b"{}")
    except ValueError as error:
        raise Unreadable(str(error)) from error
    except RawPostDataException as error:  # a form of a page: it was read as one already
        raise Unreadable("a JSON object is expected") from error
    if not isinstance(body, dict):
        raise Unreadable("a JSON object is expected")
    return body


def as_form(told: Mapping[str, object], *, lists: Collection[str] = ()) -> dict[str, object]:
    """As the fields of a form send it, so that a form can read it: numbers as text.

    `lists`: fields that hold several; of any other field that has parts a form knows nothing.
    """
    wrong = [name for name, value in told.items() if not _is_field(value, is_list=name in lists)]
    if wrong:
        raise Invalid(fields={name: ["应是文字、数字或是否"] for name in wrong})
    return {name: _sent(value) for name, value in told.items()}


def _is_field(value: object, *, is_list: bool) -> bool:
    if isinstance(value, list):
        return is_list and all(_is_field(one, is_list=False) for one in value)
    return not isinstance(value, dict)


def _sent(value: object) -> object:
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if value is None else str(value)
