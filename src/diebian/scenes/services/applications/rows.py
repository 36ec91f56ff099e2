"""What every verb needs: the locked row, the step it must be in, the trace it leaves."""

from diebian.kernel.errors import NotFound
from diebian.scenes.services.refusals import WrongState
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor

from . import behalf, policy

PREFIX = "Y"  # of a number, so that nobody takes it for that of one case


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
        raise behalf.absent(by, found)
    if found.state != State.DRAFT:
        raise WrongState
    return found


def own(number: str, by: Actor) -> Application:
    """The applicant's, herself or by whoever acts for her."""
    found = locked(number)
    if not policy.acts_for(by, found):
        raise behalf.absent(by, found)
    return found


def happened(to: Application, verb: str, by: Actor) -> None:
    behalf.note_act(to, verb, by)
    audit.record(by=by, action=f"services.application.{verb}", subject=to.audit_subject)
