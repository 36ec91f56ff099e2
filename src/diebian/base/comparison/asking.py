"""A person wants a run: the worker does it."""

from django.db import transaction

from diebian.security.identity.public import Actor

from .actions import start
from .jobs import execute_run
from .models import Run


@transaction.atomic
def ask_run(*, slug: str, by: Actor, repeats: int | None = None) -> Run:
    made = start(slug=slug, by=by, repeats=repeats)
    execute_run.defer(run_id=made.pk)
    return made
