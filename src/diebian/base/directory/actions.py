"""Loading a city: what is new, what changed, what is no more. History is kept, nothing deleted."""

from collections.abc import Iterable

from django.db import connection, transaction

from diebian.security.audit import public as audit
from diebian.security.identity.public import PLATFORM, Actor, Refused
from diebian.standards.profile import CityProfile, Row

from .changes import Change
from .loading.calendar import load_calendar
from .loading.divisions import load_divisions
from .loading.organisations import load_organisations
from .loading.promises import load_promises
from .loading.record import load_record
from .refusals import ProfileFaulty
from .sections import profile_sections

ONE_LOAD = 2_027_001  # a number of our own: who holds this advisory lock is loading a city


@transaction.atomic
def load_city(*, profile: CityProfile, by: Actor, dry_run: bool = False) -> list[Change]:
    """Idempotent, all or nothing. `dry_run` tells what would change and changes nothing.

    Raises ProfileFaulty, AnotherCity; what a registered section raises undoes the whole load.
    """
    if by != PLATFORM:
        raise Refused
    if profile.faults:
        raise ProfileFaulty("；".join(str(fault) for fault in profile.faults[:5]))
    with connection.cursor() as cursor:  # a second load waits, and then sees what this one did
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_LOAD])
    changes = [
        *load_record(profile, dry_run=dry_run),
        *load_promises(profile, dry_run=dry_run),
        *load_divisions(profile, dry_run=dry_run),
        *load_organisations(profile, by=by, dry_run=dry_run),
        *load_calendar(profile.holidays, dry_run=dry_run),
    ]
    for section in profile_sections:
        changes += section.diff_and_load(profile, by, dry_run)
    if dry_run:
        transaction.set_rollback(True)  # whatever a section did in spite of its promise
    elif changes:
        subject = f"city:{profile.city['code']}"
        audit.record(by=by, action="directory.city.loaded", subject=subject)
    return changes


@transaction.atomic
def load_working_days(*, rows: Iterable[Row], by: Actor) -> list[Change]:
    """The yearly notice alone; a day that is known already is overwritten by the newer notice."""
    if by != PLATFORM:
        raise Refused
    return load_calendar(rows, dry_run=False)
