"""A person wants a collection now: the worker does it."""

from django.db import transaction

from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .jobs import collect_now
from .models import Collection


@transaction.atomic
def ask_collection(*, slug: str, by: Actor) -> None:
    """A person presses the button; the worker does it as soon as it can."""
    found = Collection.objects.select_related("source__department").filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_manage(by, found.source.department.credit_code):
        raise Refused
    audit.record(by=by, action="lake.collection.asked", subject=found.audit_subject)
    collect_now.defer(slug=slug)
