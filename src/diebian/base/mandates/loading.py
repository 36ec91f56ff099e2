"""The city's `company_register` (journey.yaml): where it is asked who represents a company."""

from diebian.base.directory.public import Change, ProfileSection, Verb
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor
from diebian.standards.profile import CityProfile

from .models import CompanyRegister

SUBJECT = "核对法定代表人的接口"


def load_register(profile: CityProfile, by: Actor, dry_run: bool) -> list[Change]:
    """A second load changes nothing."""
    told = profile.journey.get("company_register")
    held = CompanyRegister.objects.first()
    was = None if held is None else _columns(held)
    if was == told:
        return []
    if not dry_run:
        CompanyRegister.objects.all().delete()
        if told:
            CompanyRegister.objects.create(**told)
        audit.record(by=by, action="mandates.register_told", subject=SUBJECT)
    verb = Verb.RETIRED if told is None else Verb.NEW if was is None else Verb.CHANGED
    return [Change(verb, SUBJECT)]


SECTION = ProfileSection(slug="company-register", diff_and_load=load_register)


def _columns(row: CompanyRegister) -> dict[str, str]:
    return {"resource": row.resource, "system": row.system, "purpose": row.purpose}
