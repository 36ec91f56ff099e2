"""A person wants a collection now: the worker does it."""

from django.db import transaction

from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .jobs import collect_now
from .models import Collection
from .windows import check_window


@transaction.atomic
def ask_collection(*, slug: str, by: Actor, since: str = "", until: str = "") -> None:
    """A person presses the button; the worker does it as soon as it can. With a window (补采) only
    its rows are read again, and the watermark stays.
    """
    found = Collection.objects.select_related("source__department").filter(slug=slug).first()
    if found is None:
        raise NotFound
    if not policy.may_manage(by, found.source.department.credit_code):
        raise Refused
    if since or until:
        check_window(found, since, until)
    audit.record(by=by, action="lake.collection.asked", subject=found.audit_subject)
    collect_now.defer(slug=slug, since=since, until=until)
