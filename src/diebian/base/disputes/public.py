"""The door of disputes: what can be disputed is registered here, and found from its own page."""

from .actions import accept, advise, give_way, open_dispute, refer, say
from .matters import Disputable, Matter, disputables
from .refusals import AlreadyDecided, AlreadyOpen, NotInDispute, SaysNothing, TalkFirst, WrongState
from .reminding import see_carried_out
from .selectors import Doorway, doorway, is_in_dispute, waiting_count

__all__ = [
    "AlreadyDecided",
    "AlreadyOpen",
    "Disputable",
    "Doorway",
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
    "waiting_count",
]
