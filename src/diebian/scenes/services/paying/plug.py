from diebian.base.messages.public import subscriptions

from .hearing import CASES_ARE_PAID


def plug() -> None:
    subscriptions.register(CASES_ARE_PAID)
