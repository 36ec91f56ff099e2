"""A person wants a table checked now: the worker does it."""

from django.db import transaction

from diebian.base.lake.public import lake_table
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy, selectors
from .jobs import check_now
from .refusals import NothingToCheck


@transaction.atomic
def ask_check(*, table: str, by: Actor) -> None:
    found = lake_table(table)
    if not policy.may_check(by, found.department):
        raise Refused
    if not selectors.having_rules([table]):
        raise NothingToCheck
    audit.record(by=by, action="quality.check.asked", subject=f"quality.table:{table}")
    check_now.defer(slugs=[table])
