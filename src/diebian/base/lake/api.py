"""For machines: what is collected, and the door through which a department's system pushes."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.body import object_in
from diebian.security.identity.public import Refused, actor_of, system_acting

from . import policy, selectors
from .pushes import receive_push
from .refusals import PushWrong


@require_safe
def collections(request: HttpRequest) -> JsonResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    told = selectors.overview(actor, request.GET.get("page", "1"))
    return JsonResponse(
        {
            "pages": told.page.paginator.num_pages,
            "collections": [
                {
                    "slug": line.collection.slug,
                    "title": line.collection.title,
                    "state": line.state,
                    "late": line.is_late,
                    "collected_at": line.collection.collected_at,
                    "watermark": line.collection.watermark,
                    "quarantined": line.bad_rows,
                }
                for line in told.lines
            ],
        }
    )


@csrf_exempt  # a token, not a cookie: nobody's browser can be led here
@require_POST
def push(request: HttpRequest, slug: str) -> JsonResponse:
    """201 the first time, 200 when the same key comes with the same rows again."""
    actor = system_acting(request)
    rows = object_in(request).get("rows")
    if not isinstance(rows, list):
        raise PushWrong('应是 {"rows": [{列: 值}, …]}')
    key = request.headers.get("Idempotency-Key", "")
    made, is_new = receive_push(slug=slug, key=key, rows=rows, by=actor)
    told = {"id": str(made.public_id), "rows": made.row_count}
    return JsonResponse(told, status=201 if is_new else 200)
