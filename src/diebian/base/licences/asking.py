"""Declared by a person: what is collected already is registered by the worker at once."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from diebian.security.identity.public import Actor

from .declaring import declare
from .jobs import register_due
from .models import TableVersion


@transaction.atomic
def declare_and_ask(*, told: Mapping[str, Any], by: Actor) -> TableVersion:
    made = declare(told=told, by=by)
    with suppress(AlreadyEnqueued), transaction.atomic():
        register_due.defer()
    return made
