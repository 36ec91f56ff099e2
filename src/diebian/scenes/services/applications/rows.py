"""What every verb needs: the locked row, the step it must be in, the trace it leaves."""

from diebian.kernel.errors import NotFound
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import policy


def locked(number: str) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.select_related("theme__department", "version").filter(number=number).first()
    if found is None:
        raise NotFound
    return found


def fillable(number: str, by: Actor) -> Application:
    """A draft of the applicant's own, or one that this clerk receives."""
    found = locked(number)
    if not policy.may_fill(by, found):
        raise NotFound  # another person's does not exist for this one
    if found.state != State.DRAFT:
        raise WrongState
    return found


def own(number: str, by: Actor) -> Application:
    found = locked(number)
    if not policy.is_applicant(by, found):
        raise NotFound
    return found


def happened(to: Application, verb: str, by: Actor) -> None:
    audit.record(by=by, action=f"services.application.{verb}", subject=to.audit_subject)
