"""What happened to a case becomes what its department's system must be told, in one transaction."""

from diebian.kernel import clock
from diebian.scenes.services.models import Case
from diebian.scenes.services.refusals import HandledThere
from diebian.scenes.services.system_models import CaseSystem, Push
from diebian.security.identity.public import Actor, Kind

KINDS = {
    "accepted": Push.Kind.OPENED,
    "supplement_done": Push.Kind.SUPPLEMENT,
    "withdrawn": Push.Kind.WITHDRAWN,
}
TOLD_FIRST = (Push.Kind.SUPPLEMENT, Push.Kind.WITHDRAWN)


def queue_for_its_system(case: Case, event: str) -> None:
    """Nothing where no such system is declared, or where it never heard of the case."""
    kind = KINDS.get(event)
    name = case.version.document.get("system", "")
    if kind is None or not name:
        return
    system = CaseSystem.objects.filter(name=name, retired_on=None).first()
    if system is None or case.item.code in system.here:
        return
    if kind in TOLD_FIRST and not case.pushes.filter(kind=Push.Kind.OPENED).exists():
        return
    now = clock.now()
    told = {"system": system, "made_at": now, "next_try_at": now}
    Push.objects.get_or_create(case=case, kind=kind, defaults=told)


def need_to_be_handled_here(case: Case, by: Actor) -> None:
    """The portal mirrors and never overrides: once it may be there, only its system decides.

    What never left is decided here, and does not leave any more.
    """
    if by.kind == Kind.SYSTEM:
        return
    opened = case.pushes.select_for_update().filter(kind=Push.Kind.OPENED).first()
    if opened is None or opened.state == Push.State.DROPPED:
        return
    if opened.tries or opened.state == Push.State.SENT:
        raise HandledThere
    opened.state = Push.State.DROPPED
    opened.save(update_fields=["state"])
