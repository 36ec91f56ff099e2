"""What the scene hears from the rest of the city."""

from diebian.base.corrections.public import TO_RECHECK
from diebian.base.messages.public import Message, Subscription

from .jobs import recheck_case


def _recheck_later(message: Message) -> None:
    """As a job: a department's system is asked, and may be away for a while."""
    told = message.body
    recheck_case.defer(case_no=told["case_no"], resource=told["resource"], item=told["item"])


CASES_ARE_RECHECKED = Subscription(
    slug="services.cases_are_rechecked", topics=TO_RECHECK, handle=_recheck_later
)
