"""How a resource stands before a reader who may want to use it."""

from dataclasses import dataclass

from diebian.base.catalogue.public import ResourceLine
from diebian.base.exchange import policy
from diebian.security.identity.public import Actor

from .dues import reply_by


@dataclass(frozen=True)
class Offer:
    is_withheld: bool  # open, but none of its columns is given to anybody else
    may_request: bool
    reply_by: str  # when a request made today would be answered; empty: none is
    reply_strictest: str  # where some of its columns are answered by another day


def offer_of(found: ResourceLine, by: Actor) -> Offer:
    is_withheld = found.is_open and len(found.withheld) == len(found.columns)
    if is_withheld or not found.is_open:
        return Offer(is_withheld, may_request=False, reply_by="", reply_strictest="")
    strictest = found.sharing_of([one.column for one in found.columns if not one.is_withheld])
    return Offer(
        is_withheld=False,
        may_request=policy.may_request(by),
        reply_by=reply_by(found.sharing),
        reply_strictest=reply_by(strictest) if strictest != found.sharing else "",
    )
