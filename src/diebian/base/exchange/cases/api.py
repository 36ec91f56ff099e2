"""The door through which a department's system says which of its cases are going on."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from diebian.kernel.body import object_in
from diebian.security.identity.public import system_acting

from .actions import close_case, open_case
from .refusals import CaseUnclear


@csrf_exempt  # a token, not a cookie: nobody's browser can be led here
@require_POST
def opened(request: HttpRequest) -> JsonResponse:
    """`{"case_no": …, "id_numbers": […]}`; said again it changes nothing."""
    actor = system_acting(request)
    told = object_in(request)
    case_no, numbers = told.get("case_no"), told.get("id_numbers")
    if not isinstance(case_no, str) or not isinstance(numbers, list):
        raise CaseUnclear
    if not all(isinstance(one, str) for one in numbers):
        raise CaseUnclear
    open_case(system=actor.key, case_no=case_no, id_numbers=numbers, by=actor)
    return JsonResponse({"case_no": case_no, "state": "open"}, status=201)


@csrf_exempt
@require_POST
def closed(request: HttpRequest) -> JsonResponse:
    actor = system_acting(request)
    case_no = object_in(request).get("case_no")
    if not isinstance(case_no, str):
        raise CaseUnclear
    close_case(system=actor.key, case_no=case_no, by=actor)
    return JsonResponse({"case_no": case_no, "state": "closed"})
