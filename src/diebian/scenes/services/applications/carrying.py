"""What the engine asks for while a theme runs: the jobs of its drawing.

Each may be asked for twice, so each looks first at what is there already.
"""

from django.db import transaction

from diebian.base.process.public import Answered, Asked, Decision, Service, decisions_of
from diebian.kernel import clock
from diebian.scenes.services.standard_item import GRANTED, REFUSED, WITHDRAWN
from diebian.scenes.services.themes.drawing import DELIVER, LAPSED, TELL, member_key
from diebian.scenes.services.themes.models import Application
from diebian.scenes.services.themes.models import ApplicationState as State
from diebian.security.identity.public import PLATFORM

from .rows import happened, locked
from .telling import tell_ended, tell_lapsed

KEY = "theme:"
ENDED = (State.ALL_DONE, State.PARTLY_DONE, State.FAILED)


def business_key(of: Application) -> str:
    return f"{KEY}{of.number}"


@transaction.atomic
def _tell_lapsed(asked: Asked) -> Answered:
    found = application_called(asked.business_key)
    code = asked.element.removeprefix(f"{LAPSED}_")
    tell_lapsed(found, found.version.compiled.part(code).name)
    return Answered()


@transaction.atomic
def _deliver(asked: Asked) -> Answered:
    """All have come to something: the whole is over, and is told once."""
    found = application_called(asked.business_key)
    if found.state == State.RUNNING:
        found.state, found.ended_at = _came_to(found), clock.now()
        found.save(update_fields=["state", "ended_at"])
        happened(found, "ended", PLATFORM)
        if found.state in ENDED:
            tell_ended(found)
    return Answered()


def _came_to(of: Application) -> State:
    """What the person has taken back neither succeeds nor fails."""
    outcomes = outcomes_so_far(of)
    left = [outcomes.get(code, "") for code in of.members if code not in of.dropped]
    left = [one for one in left if one != WITHDRAWN]
    if GRANTED not in left:
        return State.FAILED if REFUSED in left else State.WITHDRAWN
    return State.ALL_DONE if set(left) == {GRANTED} else State.PARTLY_DONE


def ends_so_far(of: Application) -> dict[str, Decision]:
    """Code of a member to what it came to and when, of those that have come to something."""
    if of.runs_as is None:
        return {}
    start = member_key("")
    told = decisions_of(of.runs_as).filter(element__startswith=start)
    return {one.element.removeprefix(start): one for one in told}


def outcomes_so_far(of: Application) -> dict[str, str]:
    return {code: one.outcome for code, one in ends_so_far(of).items()}


def application_called(business_key: str) -> Application:
    """By its key with the engine; locked."""
    return locked(business_key.removeprefix(KEY))


SERVICES = (
    Service(TELL, "告诉申请人哪一项不办了", _tell_lapsed),
    Service(DELIVER, "一件事统一出件", _deliver),
)
