"""A correction that was rejected can be disputed by whoever asked for it, a person too."""

from django.urls import reverse

from diebian.base.disputes.public import Disputable, Matter, NotInDispute, uuid_of
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import CORRECTION

from . import policy
from .actions import reopen_by_ruling
from .models import State
from .selectors import correction_for

REJECTED = "correction"


def _rejected(about: str, by: Actor) -> Matter:
    found = correction_for(by, uuid_of(about))
    if not policy.may_dispute(by, found):
        raise Refused
    if found.state != State.REJECTED:
        raise NotInDispute
    return Matter(
        title=f"“{found.item}”核实无误（{found.resource.title}）",
        answer=found.answer,
        asking="" if by.is_person else by.department,
        provider=found.resource.entry.provider.credit_code,
        link=reverse("corrections:correction", args=[found.public_id]),
    )


def _reopen(about: str, ruling: str, by: Actor) -> None:
    reopen_by_ruling(correction_id=uuid_of(about), ruling=ruling, by=by)


DISPUTABLE = Disputable(
    slug=REJECTED,
    title="校核的答复",
    follows=f"校核重新打开，提供部门在 {CORRECTION.days} 个工作日内改正",
    find=_rejected,
    overturn=_reopen,
)
