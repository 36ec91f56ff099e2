"""The door through which a department's own system says what became of its cases."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from diebian.kernel.body import object_in
from diebian.security.identity.public import system_acting

from .hearing import changes_in, tell_changes
from .refusals import ChangesUnclear


@csrf_exempt  # a token, not a cookie: nobody's browser can be led here
@require_POST
def changes(request: HttpRequest, name: str) -> JsonResponse:
    """`{"changes": [{"seq": 7, "case_no": …, "state": …, "number": …, "says": …}]}`. Said again it
    changes nothing; the order within the list is nothing, `seq` is.
    """
    actor = system_acting(request)
    told = object_in(request).get("changes")
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise ChangesUnclear
    new = tell_changes(name=name, changes=changes_in(told), by=actor)
    return JsonResponse({"told": len(told), "new": new})
