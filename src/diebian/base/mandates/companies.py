"""法人: who represents it by the register acts for it, and lets its people act."""

import secrets

from django.db import transaction

from diebian.base.exchange.public import Errand, call
from diebian.security.identity.public import (
    PLATFORM,
    Actor,
    CompanyFacts,
    Refused,
    confirm_company,
    party,
    person,
    subject_ref,
)
from diebian.standards.credit_code import is_credit_code

from . import policy
from .heads import headed
from .models import CompanyRegister, Kind, Mandate
from .refusals import CodeWrong, CompanyEnded, NotRepresentative, RegisterAbsent
from .rows import Scope, known, proposed

IN_BUSINESS, AT_THE_SCREEN_SECONDS = "1", 5.0


def claim(*, credit_code: str, by: Actor) -> CompanyFacts:
    """认领: the register of companies is asked whether this one represents it, and nothing else.

    Raises what `exchange.call` raises while the register is away. The question stands in
    谁查过我 of whoever asked.
    """
    if not policy.may_propose(by):
        raise Refused
    code = "".join(credit_code.split()).upper()
    if not is_credit_code(code):
        raise CodeWrong
    register = CompanyRegister.objects.first()
    if register is None:
        raise RegisterAbsent
    asking = person(by.key)
    answer = call(
        errand=Errand(
            system=register.system,
            purpose=register.purpose,
            case_no=f"company-{secrets.token_hex(6)}",
            subject=subject_ref(asking.id_number),
            reader="您本人认领企业时查询",
        ),
        resource=register.resource,
        parameters={"credit_code": code, "id_number": asking.id_number, "name": asking.name},
        seconds=AT_THE_SCREEN_SECONDS,
    )
    if not answer.rows:
        raise NotRepresentative
    told = answer.rows[0]
    if told["status"] != IN_BUSINESS:
        raise CompanyEnded
    return confirm_company(credit_code=code, name=told["name"], head_key=by.key, by=PLATFORM)


@transaction.atomic
def give_for_company(
    *, company_key: str, holder_id_number: str, holder_name: str, scope: Scope, by: Actor
) -> Mandate:
    """经办人: the representative names whom and for what, and agrees on the next page."""
    found = headed(by, company_key)
    holder = known(holder_id_number, holder_name)
    return proposed(party(found.key), holder, scope, by, kind=Kind.AGENT)
