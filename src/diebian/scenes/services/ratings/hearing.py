"""Whoever has met the city is invited to say how it was, as soon as it is over."""

from diebian.base.messages.public import Message, Subscription
from diebian.scenes.services.rating_models import Service
from diebian.security.identity.public import PLATFORM

from .actions import invite
from .refusals import NothingToRate

ENDS = ("decided", "withdrawn")


def _invite(message: Message) -> None:
    kind = message.topic.rpartition(".")[2]
    service = Service.CASE if kind in ENDS else Service.VISIT if kind == "received" else None
    if service is None:
        return
    try:
        invite(case_no=message.body["case_no"], service=service, by=PLATFORM)
    except NothingToRate:  # a case received online is no visit
        return


EVERYBODY_IS_INVITED = Subscription(
    slug="services.everybody_is_invited", topics="services.case.*", handle=_invite
)
