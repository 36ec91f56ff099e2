"""交材料 by a form: each paper has its own. The same for a case and for the members of a theme."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest

from diebian.base.papers.public import files_in

from .sending import day_in, number_in, uuid_in

Told = Mapping[str, Any]  # whose papers they are, and who acts
Action = Callable[..., None]
Verbs = Mapping[str, Callable[[HttpRequest, Told], None]]


def verbs_of(*, hand_in: Action, hand_in_again: Action, take_out: Action, promise: Action) -> Verbs:
    def give(request: HttpRequest, told: Told) -> None:
        for name, content in files_in(request):
            hand_in(
                material=material_in(request),
                name=name,
                content=content,
                valid_until=day_in(request.POST.get("valid_until", "")),
                is_agreed="agreed" in request.POST,
                **told,
            )

    def again(request: HttpRequest, told: Told) -> None:
        for one in request.POST.getlist("paper"):
            hand_in_again(material=material_in(request), paper_id=uuid_in(one), **told)

    def out(request: HttpRequest, told: Told) -> None:
        take_out(handed=number_in(request.POST.get("handed", "")), **told)

    def later(request: HttpRequest, told: Told) -> None:
        until = day_in(request.POST.get("until", ""))
        promise(material=material_in(request), until=until, **told)

    return {"give": give, "again": again, "out": out, "later": later}


def done(request: HttpRequest, verbs: Verbs, told: Told) -> None:
    """What the form asks for; an address that asks for anything else is none."""
    verb = request.POST.get("verb", "")
    if verb not in verbs:
        raise Http404
    verbs[verb](request, told)


def material_in(request: HttpRequest) -> str:
    return str(request.POST.get("material", ""))
