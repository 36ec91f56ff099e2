"""A person wants a build: the worker does it."""

from django.db import transaction

from diebian.security.identity.public import Actor

from .actions import start
from .jobs import execute_build
from .models import Build


@transaction.atomic
def ask_build(*, slug: str, by: Actor) -> Build:
    made = start(slug=slug, by=by)
    execute_build.defer(build_id=made.pk)
    return made
