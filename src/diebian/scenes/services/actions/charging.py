"""The fee of a case: asked for at the moment that its item says."""

from diebian.base.directory.public import working_calendar
from diebian.base.payments.public import Owed, State, make_order
from diebian.kernel import clock
from diebian.scenes.services.fees.owing import owed
from diebian.scenes.services.fees.selectors import charging_of, fee_of, matter_of
from diebian.scenes.services.models import Case
from diebian.security.identity.public import Actor
from diebian.standards.calendar import in_words
from diebian.standards.money import yuan

from .rows import happened


def waits_for_fee(case: Case, before: str, by: Actor) -> bool:
    """Whether `before` (a moment of `MOMENTS`) the person still has to pay. Asked for once.

    Inside the caller's transaction, with the case locked.
    """
    charging = charging_of(case)
    if charging is None or charging.before != before:
        return False
    if (known := fee_of(case)) is not None:
        return known.state == State.OPEN
    lines = owed(charging, case.chosen)
    fen = sum(one.fen for one in lines)
    if fen <= 0:
        if lines:
            happened(case, "fee_spared", by, f"{lines[-1].label}（{lines[-1].basis}）")
        return False
    due = working_calendar().add(clock.today(), charging.days)
    make_order(
        owed=Owed(
            matter=matter_of(case),
            title=f"{case.item.name}（{case.case_no}）",
            payer_key=case.applicant_key,
            payer_name=case.applicant_name,
            department=case.department.credit_code,
            lines=lines,
            due=due,
        ),
        by=by,
    )
    happened(case, "fee_wanted", by, f"{yuan(fen)} 元，最晚 {in_words(due)}")
    return True
