"""What the manager of a department's data does about its system: push something once more."""

from django.db import transaction

from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.scenes.services.system_models import CaseSystem, Push
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy


@transaction.atomic
def push_again(*, system: CaseSystem, case_no: str, by: Actor) -> None:
    """Under the same key: where it is there already, nothing is done twice."""
    if not policy.may_tend(by, system):
        raise Refused
    rows = Push.objects.select_for_update().filter(system=system, case__case_no=case_no)
    push = rows.exclude(state=Push.State.DROPPED).order_by("pk").first()
    if push is None:
        raise NotFound
    push.state, push.next_try_at = Push.State.WAITING, clock.now()
    push.save(update_fields=["state", "next_try_at"])
    audit.record(by=by, action="services.push.again", subject=f"case:{case_no}")
