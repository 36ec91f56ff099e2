"""The verbs by the word in an address: the pages and the API call the same actions."""

from collections.abc import Callable, Mapping

from diebian.base.exchange.grants.months import months_on
from diebian.kernel import clock
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from . import actions

LONGEST_TEXT = 300


class Said:
    """What came with the verb: words, and a number where the verb wants one."""

    def __init__(self, told: Mapping[str, object]) -> None:
        self.text = str(told.get("text", ""))[:LONGEST_TEXT]
        number = str(told.get("number", ""))
        self.number = int(number) if number.isascii() and number.isdigit() else 0


Verb = Callable[[int, Said, Actor], object]

ON_REQUEST: dict[str, Verb] = {
    "approve": lambda key, _, by: actions.approve_request(request_id=key, by=by),
    "decline": lambda key, said, by: actions.decline_request(
        request_id=key, reason=said.text, by=by
    ),
    "ask": lambda key, said, by: actions.ask_supplement(request_id=key, wanted=said.text, by=by),
    "supplement": lambda key, said, by: actions.answer_supplement(
        request_id=key, answer=said.text, by=by
    ),
    "extend": lambda key, said, by: actions.ask_extension(
        request_id=key, days=said.number, reason=said.text, by=by
    ),
    "give-extension": lambda key, _, by: actions.answer_extension(
        request_id=key, is_given=True, by=by
    ),
    "deny-extension": lambda key, _, by: actions.answer_extension(
        request_id=key, is_given=False, by=by
    ),
    "agree": lambda key, _, by: actions.agree(request_id=key, by=by),
    "refuse": lambda key, said, by: actions.refuse(request_id=key, reason=said.text, by=by),
    "provision": lambda key, _, by: actions.provision(request_id=key, by=by),
    "renew": lambda key, said, by: actions.renew(
        request_id=key, valid_to=months_on(clock.today(), min(said.number, 36)), by=by
    ),
    "dispose": lambda key, said, by: actions.confirm_disposal(request_id=key, how=said.text, by=by),
}
ON_GRANT: dict[str, Verb] = {
    "suspend": lambda key, said, by: actions.suspend(grant_id=key, reason=said.text, by=by),
    "rectify": lambda key, said, by: actions.rectify(grant_id=key, note=said.text, by=by),
    "send-back": lambda key, said, by: actions.send_back(grant_id=key, reason=said.text, by=by),
    "resume": lambda key, _, by: actions.resume(grant_id=key, by=by),
    "revoke": lambda key, said, by: actions.revoke(grant_id=key, reason=said.text, by=by),
}


def do(
    verbs: Mapping[str, Verb], verb: str, key: int, told: Mapping[str, object], by: Actor
) -> object:
    """Returns what the action made or changed."""
    if verb not in verbs:
        raise NotFound
    return verbs[verb](key, Said(told), by)
