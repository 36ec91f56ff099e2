"""送达: the decision is issued as signed data, once whatever has to be paid for it is paid."""

from diebian.base.licences.public import issue
from diebian.scenes.services import checks
from diebian.scenes.services.handover.owing import owe
from diebian.scenes.services.items.facts import HANDING_OUT
from diebian.scenes.services.journey import journey_for
from diebian.scenes.services.models import Case
from diebian.security.identity.public import Actor, Kind

from .charging import waits_for_fee
from .rows import happened

AFTER_PAYMENT = "平台（缴费后送达）"


def deliver_or_wait(case: Case, by: Actor) -> None:
    """Inside the transaction of the decision."""
    if not waits_for_fee(case, HANDING_OUT, by):
        _deliver(case, by)


def deliver_after_payment(case: Case) -> None:
    """In the name of the body that decided: its word was given, the fee alone was missing."""
    body = case.department.credit_code
    by = Actor(name=AFTER_PAYMENT, kind=Kind.SYSTEM, department=body, key=AFTER_PAYMENT)
    _deliver(case, by)


def _deliver(case: Case, by: Actor) -> None:
    decision, facts = journey_for(case).decision, checks.facts_of(case)
    issue(
        title=decision["title"],
        type_code=decision["type_code"],
        holder_key=case.applicant_key,
        holder_name=case.applicant_name,
        body={
            "办件编号": case.case_no,
            "事项": case.item.name,
            "申请人": case.applicant_name,
            **{label: facts.get(of, of) for label, of in decision["body"].items()},
            "决定机关": case.department.name,
            "决定": "准予",
        },
        case_no=case.case_no,
        by=by,
    )
    happened(case, "delivered", by, "决定已送达您的账户")
    if says := owe(case):
        happened(case, "paper_owed", by, says)
