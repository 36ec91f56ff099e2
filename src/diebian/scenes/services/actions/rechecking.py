"""A value was wrong: said by whoever met it in a case, and asked again once it is put right."""

from django.db import transaction

from diebian.base.corrections.public import open_correction
from diebian.scenes.services import policy
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.models import OPEN, Case, State
from diebian.scenes.services.shown import line_of
from diebian.security.identity.public import PLATFORM, Actor, Refused

from .fetching import ask_one, keep_again
from .rows import happened, locked


def doubt(*, case: Case, ask: str, label: str, says: str, by: Actor) -> None:
    """异议: this line is wrong. The provider gets what stands there and what is said."""
    if not policy.may_see(by, case):
        raise Refused
    journey = journey_for(case)
    line = line_of(case, journey, ask, label)
    open_correction(
        resource=ask,
        item=line.label,
        seen=line.value,
        says=says,
        case_no=case.case_no,
        person_key=case.applicant_key,
        by=by,
    )


def recheck(*, case_no: str, resource: str, item: str, by: Actor) -> None:
    """The provider put it right at the source: an open case asks again and its doubts are new.

    A decided one goes to a person, who finds it in the history: a decision is changed by nobody
    but its office. Raises what `call` raises while the department's system is away.
    """
    if by != PLATFORM:
        raise Refused
    case = Case.objects.select_related("item", "version").get(case_no=case_no)
    says = f"“{item}”已由提供部门改正"
    if case.state in OPEN or case.state == State.DRAFT:
        answer = ask_one(case, journey_for(case), resource)
        keep_again(case_no=case_no, resource=resource, answer=answer, by=by, says=says)
    elif case.state in {State.APPROVED, State.REFUSED}:
        with transaction.atomic():
            happened(locked(case_no), "corrected", by, f"{says}；请核对决定是否受影响")
