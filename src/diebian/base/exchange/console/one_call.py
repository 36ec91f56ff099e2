"""One call with all that the books hold of it, under its one key: the gateway's request id.

`Call` says who asked what and how it ended, the tracker what was read and of whom; where it was
refused, `RefusedCall` what it was for.
"""

from dataclasses import dataclass

from diebian.base.exchange.broker.models import RefusedCall
from diebian.base.exchange.gateway.envoy_problems import code_of
from diebian.base.exchange.metering.asked_calls import OUTCOME, OUTCOMES, known_to
from diebian.base.exchange.metering.models import ANSWERED, DELIVERY, LOG_LOST, Call
from diebian.base.exchange.metering.names import callers, titles
from diebian.base.exchange.metering.use_books import Used, use_told
from diebian.base.exchange.protocol.refusals import REFUSALS
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor
from diebian.security.tracker.public import CallRead, read_of_call

from .call_list import DELIVERED

ERROR = 400
ENDS = 4  # of the reference: enough to compare two calls
WRITTEN_BY = {
    DELIVERY: "交付记录",
    LOG_LOST: "数据交换 broker 的账（网关的日志没有写完就断了）",
    "": "网关的日志",
}


@dataclass(frozen=True)
class OneCall:
    call: Call
    resource: str
    system: str
    outcome: str
    code: str  # empty where it was answered
    why: str
    written_by: str  # which book it is known from
    read: CallRead | None
    subject: str  # the ends of the blind reference
    refused: RefusedCall | None  # what it was for, where it was refused
    use: Used | None  # of a delivery or a download

    @property
    def is_missing(self) -> bool:
        """Answered through the gateway, and no read under its key: to be looked into."""
        by_gateway = self.call.instance != DELIVERY
        return by_gateway and self.call.status == ANSWERED and self.read is None


def one_call(by: Actor, request_id: str) -> OneCall:
    """For whoever may not see it, it does not exist."""
    rows = Call.objects.filter(known_to(by), request_id=request_id).annotate(outcome=OUTCOME)
    call = rows.order_by("-at", "-pk").first()
    if call is None:
        raise NotFound
    read = read_of_call(request_id)
    refused = RefusedCall.objects.filter(request_id=request_id).order_by("book").first()
    subject = read.subject if read else refused.subject if refused else ""
    is_use = call.instance == DELIVERY
    code = call.code or (code_of(call.status) if call.status >= ERROR else "")
    kind = REFUSALS.get(code)
    return OneCall(
        call=call,
        resource=titles().get(call.route, call.route),
        system=callers().get(call.system, call.system),
        outcome=DELIVERED.get(call.flags) or OUTCOMES[call.outcome][0],
        code=code,
        why=kind.title if kind else "",
        written_by=WRITTEN_BY[_book(call)],
        read=read,
        subject=f"{subject[:ENDS]}…{subject[-ENDS:]}" if subject else "",
        refused=refused,
        use=use_told(call.inode, call.offset) if is_use else None,
    )


def _book(call: Call) -> str:
    if call.instance == DELIVERY:
        return DELIVERY
    return LOG_LOST if call.flags == LOG_LOST else ""
