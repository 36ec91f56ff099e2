"""What a machine sent: one JSON object, or a refusal that says so."""

import json

from django.http import HttpRequest

from .errors import Unreadable


def object_in(request: HttpRequest) -> dict[str, object]:
    """No body is an empty object: many verbs need no words."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as error:
        raise Unreadable(str(error)) from error
    if not isinstance(body, dict):
        raise Unreadable("a JSON object is expected")
    return body
