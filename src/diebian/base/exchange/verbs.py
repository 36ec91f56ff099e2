"""The verbs by the word in an address: the pages and the API call the same actions."""

from collections.abc import Callable

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from . import actions

LONGEST_TEXT = 300
Verb = Callable[[int, str, Actor], object]

ON_REQUEST: dict[str, Verb] = {
    "approve": lambda key, _, by: actions.approve_request(request_id=key, by=by),
    "decline": lambda key, text, by: actions.decline_request(request_id=key, reason=text, by=by),
    "ask": lambda key, text, by: actions.ask_supplement(request_id=key, wanted=text, by=by),
    "supplement": lambda key, text, by: actions.answer_supplement(
        request_id=key, answer=text, by=by
    ),
    "agree": lambda key, _, by: actions.agree(request_id=key, by=by),
    "refuse": lambda key, text, by: actions.refuse(request_id=key, reason=text, by=by),
    "provision": lambda key, _, by: actions.provision(request_id=key, by=by),
}
ON_GRANT: dict[str, Verb] = {
    "suspend": lambda key, text, by: actions.suspend(grant_id=key, reason=text, by=by),
    "resume": lambda key, _, by: actions.resume(grant_id=key, by=by),
    "revoke": lambda key, text, by: actions.revoke(grant_id=key, reason=text, by=by),
}


def do(verbs: dict[str, Verb], verb: str, key: int, text: str, by: Actor) -> None:
    if verb not in verbs:
        raise NotFound
    verbs[verb](key, text[:LONGEST_TEXT], by)
