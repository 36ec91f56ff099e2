"""What payments say of the orders of cases."""

from diebian.base.messages.public import Message, Subscription
from diebian.base.payments.public import TOPIC
from diebian.scenes.services.actions.paid import note_payment
from diebian.scenes.services.fees.selectors import PREFIX
from diebian.security.identity.public import PLATFORM


def _heard(message: Message) -> None:
    told = message.body
    if not told["matter"].startswith(PREFIX):
        return
    kind = message.topic.rsplit(".", 1)[-1]
    says = "，".join(filter(None, (f"{told['yuan']} 元", told["says"])))
    case_no = told["matter"].removeprefix(PREFIX)
    note_payment(case_no=case_no, kind=kind, says=says, by=PLATFORM)


CASES_ARE_PAID = Subscription(slug="services.cases_are_paid", topics=f"{TOPIC}.*", handle=_heard)
