"""The same doubt from a department's system about a row that it received. 业务系统提出校核."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.body import object_in
from diebian.kernel.errors import Invalid, NotFound
from diebian.security.identity.public import system_acting

from . import policy, selectors
from .doubting import Doubt, raise_doubt
from .dues import due_of
from .models import Correction
from .refusals import KeyMissing

LONGEST_KEY = 100
WORDS = ("item", "says", "seen", "id_number", "row", "case_no")


@csrf_exempt  # a token, not a cookie: nobody's browser can be led here
@require_POST
def doubt(request: HttpRequest, slug: str) -> JsonResponse:
    """201 the first time, 200 when the same key comes with the same words again."""
    actor = system_acting(request)
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyMissing
    made, is_new = raise_doubt(resource=slug, doubt=_read(object_in(request)), by=actor, key=key)
    return JsonResponse(_told(made), status=201 if is_new else 200)


@csrf_exempt
@require_safe
def correction(request: HttpRequest, correction_id: UUID) -> JsonResponse:
    """How it stands, for the system that asked."""
    actor = system_acting(request)
    found = selectors.correction_for(actor, correction_id)
    if not policy.is_opener(actor, found):
        raise NotFound
    return JsonResponse(_told(found))


def _read(told: dict[str, object]) -> Doubt:
    unknown = {name: ["没有这一项"] for name in told.keys() - set(WORDS)}
    wrong = {name: ["应是文字"] for name in WORDS if not isinstance(told.get(name, ""), str)}
    if unknown or wrong:
        raise Invalid(fields={**unknown, **wrong})
    return Doubt(**{name: str(told.get(name, "")) for name in WORDS})


def _told(one: Correction) -> dict[str, Any]:
    due = due_of(one)
    return {
        "id": one.public_id,
        "resource": one.resource.slug,
        "item": one.item,
        "state": one.state,
        "answer": one.answer,
        "due": due.on if due else None,
        "opened_at": one.opened_at,
        "fixed_at": one.fixed_at,
    }
