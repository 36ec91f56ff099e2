"""法人 as applicants: known by credit code, represented by whom their register names."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.audit import public as audit
from diebian.standards.credit_code import is_credit_code

from .actions import CreditCodeInvalid
from .actor import PLATFORM, Actor, Refused
from .models import Company
from .selectors import PersonFacts, person, subject_ref


@dataclass(frozen=True)
class CompanyFacts:
    """`head_key`: the 法定代表人, as the register said at `confirmed_at`."""

    key: str
    name: str
    credit_code: str
    head_key: str
    confirmed_at: datetime


@transaction.atomic
def confirm_company(*, credit_code: str, name: str, head_key: str, by: Actor) -> CompanyFacts:
    """The register of companies has just said that this person represents it. Who did before no
    longer does.
    """
    if by != PLATFORM:
        raise Refused
    if not is_credit_code(credit_code):
        raise CreditCodeInvalid
    told = {"name": name[:100], "head_key": head_key, "confirmed_at": clock.now()}
    row, _ = Company.objects.update_or_create(credit_code=credit_code, defaults=told)
    audit.record(by=by, action="identity.company.confirmed", subject=credit_code)
    return _facts(row)


def company(key: str) -> CompanyFacts | None:
    """None where it is a person's key, or nobody's."""
    row = Company.objects.filter(public_id=key).first()
    return None if row is None else _facts(row)


def companies_of(head_key: str) -> list[CompanyFacts]:
    """Which the register last said that this person represents."""
    rows = Company.objects.filter(head_key=head_key).order_by("name")
    return [_facts(row) for row in rows]


def party(key: str) -> PersonFacts:
    """A person, or a company by its credit code; the telephone is its representative's.

    NotFound for a key that is nobody's.
    """
    found = company(key)
    if found is None:
        return person(key)
    try:
        phone = person(found.head_key).phone
    except NotFound:
        phone = ""
    return PersonFacts(found.key, found.name, found.credit_code, phone)


def subject_of(key: str) -> str:
    """`subject_ref` of a registered person or company. NotFound for an unknown key."""
    return subject_ref(party(key).id_number)


def _facts(row: Company) -> CompanyFacts:
    return CompanyFacts(
        str(row.public_id), row.name, row.credit_code, row.head_key, row.confirmed_at
    )
