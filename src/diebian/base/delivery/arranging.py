"""Where a consumer receives what it was granted. One verb, one transaction, one line of audit."""

import re
from uuid import UUID

from django.db import IntegrityError, transaction

from diebian.base.exchange.public import Mode, terms_of
from diebian.base.lake.public import department_database, postgres_address
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, department_key

from . import policy
from .jobs import enqueue
from .models import Delivery, Schedule, Target
from .refusals import AlreadyArranged, GrantOver, SlugTaken, TableNameWrong, TargetWrong, WayWrong

NAME = re.compile(r"[a-z][a-z0-9_]{0,58}")


def register_target(
    *, slug: str, title: str, url: str, schema: str, secret: str, by: Actor
) -> Target:
    """Really connects and looks whether a table can be made there."""
    return keep_target(
        slug=slug, title=title, address={"url": url}, schema=schema, secret=secret, by=by
    )


def keep_target(
    *,
    slug: str,
    title: str,
    address: dict[str, str],
    by: Actor,
    schema: str = "public",
    secret: str = "",
    is_sample: bool = False,
) -> Target:
    """`address`: a URL without a password, or a sandbox system of this installation."""
    from .consumer import check

    if not policy.may_register(by):
        raise Refused
    if not NAME.fullmatch(schema):
        raise TargetWrong(f"模式“{schema[:40]}”不是小写字母、数字和下划线")
    told = postgres_address(address)
    check(department_database(told, secret=secret, department=by.department), schema)
    with transaction.atomic():
        if Target.objects.filter(slug=slug).exists():
            raise SlugTaken(slug)
        made = Target.objects.create(
            slug=slug,
            title=title,
            department_id=department_key(by),
            address=told,
            schema=schema,
            secret=secret,
            checked_at=clock.now(),
            is_sample=is_sample,
        )
        audit.record(by=by, action="delivery.target.registered", subject=made.audit_subject)
    return made


@transaction.atomic
def arrange(*, grant_id: int, target: str, table: str, schedule: Schedule, by: Actor) -> Delivery:
    """The first batch is sent by the worker, at once."""
    terms = terms_of(grant_id)
    if not policy.may_receive(by, terms):
        raise Refused
    if terms.mode != Mode.TABLE:
        raise WayWrong
    if not terms.is_in_force:
        raise GrantOver
    if not NAME.fullmatch(table) or table.startswith("diebian_"):
        raise TableNameWrong(table[:60])
    into = Target.objects.filter(slug=target, department__credit_code=terms.consumer).first()
    if into is None:
        raise NotFound(f"target: {target}")
    try:
        with transaction.atomic():
            made = Delivery.objects.create(
                grant_id=grant_id,
                target=into,
                table=table,
                schedule=schedule,
                arranged_by=by.name,
                arranged_at=clock.now(),
            )
    except IntegrityError as error:  # the grant has one, or the table is another grant's
        raise AlreadyArranged from error
    audit.record(by=by, action="delivery.delivery.arranged", subject=made.audit_subject)
    enqueue(made)
    return made


@transaction.atomic
def ask_sending(*, public_id: UUID, by: Actor) -> Delivery:
    """A person presses the button; the worker does it as soon as it can."""
    found = Delivery.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    terms = terms_of(found.grant_id)
    if not policy.may_receive(by, terms):
        raise Refused
    if not terms.is_in_force:
        raise GrantOver
    audit.record(by=by, action="delivery.delivery.asked", subject=found.audit_subject)
    enqueue(found)
    return found
