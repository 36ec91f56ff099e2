"""A window opens what it took in itself. Who tries another number is told so, and written down."""

from diebian.scenes.services.actions import look_at
from diebian.scenes.services.receptions.models import Reception
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import policy
from .refusals import NotReceivedHere

PAGE, COLUMNS = "收件回执页", ("姓名", "办件编号", "办到哪一步")


def open_received(*, case_no: str, by: Actor) -> Reception:
    """Of a number that another window took in, and of one that is nobody's, the same is said."""
    rows = Reception.objects.select_related(
        "case__item", "case__department", "case__version", "department"
    )
    found = rows.filter(case__case_no=case_no).first()
    if found is None or not policy.is_receiving_window(by, found.case):
        audit.record(by=by, action="services.case.not_received_here", subject=f"case:{case_no}")
        raise NotReceivedHere
    look_at(case=found.case, page=PAGE, columns=COLUMNS, by=by)
    return found
