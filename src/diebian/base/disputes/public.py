"""The door of disputes: what can be disputed is registered here, and found from its own page."""

from .actions import accept, advise, give_way, open_dispute, refer, say
from .matters import Disputable, Matter, disputables, uuid_of
from .refusals import AlreadyDecided, AlreadyOpen, NotInDispute, SaysNothing, TalkFirst, WrongState
from .reminding import see_carried_out
from .selectors import doorway, is_in_dispute, waiting_count

__all__ = [
    "AlreadyDecided",
    "AlreadyOpen",
    "Disputable",
    "Matter",
    "NotInDispute",
    "SaysNothing",
    "TalkFirst",
    "WrongState",
    "accept",
    "advise",
    "disputables",
    "doorway",
    "give_way",
    "is_in_dispute",
    "open_dispute",
    "refer",
    "say",
    "see_carried_out",
    "uuid_of",
    "waiting_count",
]
