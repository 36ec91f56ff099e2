"""The answer that a refusal gets: a page for people, RFC 9457 problem details for programs.

Apart from `errors`: what only raises a refusal does not load the web framework for it.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from .errors import DiebianError, TooLarge, Unreadable
from .request_id import request_id

API, FILES = "/api/", "multipart/form-data"


class BodyLimit:
    """A form with files is refused by its announced length, before anything reads it.

    Stands before whatever reads a form (the check against forged ones does).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = settings.LARGEST_FORM
        announced = request.META.get("CONTENT_LENGTH") or ""
        if request.content_type == FILES and announced.isdigit() and int(announced) > most:
            detail = f"一次最多 {most // 1024**2} MB，请分几次传"
            return answer(request, TooLarge(detail))
        return self.get_response(request)


class ProblemMiddleware:
    """Turns a refusal raised anywhere below into its answer, so that no view catches errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """No text kept or searched may hold NUL. JSON of a machine is looked at in `body`."""
        del view, args, kwargs
        sent = [request.GET] if request.path.startswith(API) else [request.GET, request.POST]
        if any("\0" in one for told in sent for _, texts in told.lists() for one in texts):
            return self.process_exception(request, Unreadable("内容里有看不见的空字符，请删去"))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DiebianError):
            return None
        return answer(request, error)


def answer(request: HttpRequest, error: DiebianError) -> HttpResponse:
    problem = error.as_problem(instance=request.path)
    if request.path.startswith(API):
        return problem_json(problem)
    return render(request, "page.html", {"problem": problem}, status=error.status)


def problem_json(problem: Mapping[str, object]) -> JsonResponse:
    """RFC 9457, with the number under which the log knows this request."""
    return JsonResponse(
        {**problem, "request_id": request_id()},
        status=int(str(problem["status"])),
        content_type="application/problem+json",
    )
