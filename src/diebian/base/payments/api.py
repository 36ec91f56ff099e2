"""The door through which the payment provider says what was paid. Only its own key opens it."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from diebian.kernel.body import object_in
from diebian.security.identity.public import PLATFORM

from . import provider
from .models import ProviderKey
from .refusals import NoticeUnclear, SignatureWrong
from .settling import KINDS, Word, settle

MOST_FEN = 2**31 - 1


@csrf_exempt  # a signature, not a cookie: nobody's browser can be led here
@require_POST
def told(request: HttpRequest) -> JsonResponse:
    """`{"event": 7, "kind": "paid", "out_no": …, "trade_no": …, "fen": 8000}`, `Pay-Signature`: SM2
    over the body. Said again, late or in another order it changes nothing.
    """
    known = ProviderKey.objects.order_by("pk").first()
    signature = request.headers.get("Pay-Signature", "")
    if known is None or not provider.is_signed(request.body, signature, known.public):
        raise SignatureWrong
    return JsonResponse({"outcome": settle(word=_word(object_in(request)), by=PLATFORM)})


def _word(told: dict[str, object]) -> Word:
    event, kind, key, fen = (told.get(name) for name in ("event", "kind", "out_no", "fen"))
    is_whole = isinstance(fen, int) and not isinstance(fen, bool) and 0 < fen <= MOST_FEN
    if not isinstance(event, int) or kind not in KINDS or not isinstance(key, str) or not is_whole:
        raise NoticeUnclear
    assert isinstance(fen, int)  # noqa: S101  looked at above
    number = str(told.get("trade_no", ""))[:60]
    return Word(f"told:{event}", str(kind), key[:32], fen, number)
