"""Sending: through the exchange, under the grant; noted when it is answered, repeated until then.

The try is written before anything is sent. Killed between the two, the row is still due and goes
again under the same key: there it is the same case.
"""

import json
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from diebian.base.exchange.public import Answer, Errand, UpstreamWrong, call
from diebian.kernel import clock
from diebian.kernel.errors import DiebianError
from diebian.scenes.services.system_models import Push
from diebian.security.identity.public import Actor, Refused, party, subject_ref

from . import policy

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=30)
AT_ONCE = 50
READER = "系统自动推送"


def push_due(*, by: Actor, point: Callable[[str], None] = lambda _: None) -> int:
    """`point`: told between sending and noting, for whoever tries what a power cut does."""
    if not policy.may_run(by):
        raise Refused
    due = Push.objects.filter(state=Push.State.WAITING, next_try_at__lte=clock.now())
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_pushed(key, point) for key in keys)


def _pushed(key: int, point: Callable[[str], None]) -> bool:
    push = _begun(key)
    if push is None:
        return False
    try:
        answer = _send(push)
    except DiebianError as error:
        Push.objects.filter(pk=key).update(why=error.title)
        return False
    point("sent")
    _note(key, answer)
    return True


@transaction.atomic
def _begun(key: int) -> Push | None:
    """Takes the try for this worker: another one finds it not due."""
    rows = Push.objects.select_for_update(of=("self",), skip_locked=True)
    push = rows.select_related("system", "case__item").filter(pk=key, state="waiting").first()
    if push is None or push.next_try_at > clock.now() or _waits_for_another(push):
        return None
    push.next_try_at = clock.now() + min(FIRST_PAUSE * 2 ** min(push.tries, 10), LONGEST_PAUSE)
    push.tries += 1
    push.save(update_fields=["next_try_at", "tries"])
    return push


def _waits_for_another(push: Push) -> bool:
    """In the order in which it happened."""
    before = Push.objects.filter(case=push.case_id, pk__lt=push.pk)
    return before.filter(state=Push.State.WAITING).exists()


def _send(push: Push) -> Answer:
    about, case = party(push.case.applicant_key), push.case
    errand = Errand(
        system=push.system.caller,
        purpose=push.system.purpose,
        case_no=case.case_no,
        subject=subject_ref(about.id_number),
        reader=READER,
    )
    parameters = {
        "case_no": case.case_no,
        "kind": push.kind,
        "item": case.item.code,
        "id_number": about.id_number,
        "name": about.name,
        "form": json.dumps(_form(push), ensure_ascii=False),
    }
    return call(errand=errand, resource=push.system.push, parameters=parameters)


def _form(push: Push) -> dict[str, str]:
    if push.kind == Push.Kind.SUPPLEMENT:
        return {"补正": push.case.supplement.answer}
    return {str(name): str(value) for name, value in push.case.form.items()}


@transaction.atomic
def _note(key: int, answer: Answer) -> None:
    if not answer.rows:
        raise UpstreamWrong
    push = Push.objects.select_for_update().get(pk=key)
    push.state, push.number = Push.State.SENT, answer.rows[0].get("number", "")[:60]
    push.sent_at, push.why = clock.now(), ""
    push.save(update_fields=["state", "number", "sent_at", "why"])
