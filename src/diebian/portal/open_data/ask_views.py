"""要数据: what the public asked for, and asking. Only who asks or answers signs in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.directory.public import organisations
from diebian.base.opening import public as opening
from diebian.kernel.errors import DiebianError, Invalid, NotFound
from diebian.security.identity.public import Refused, actor_of, actor_or_none
from diebian.standards.opening import ANSWER

from .forms import AnswerForm, AskForm

UNPROCESSABLE = 422


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    page, asked = opening.requests(request.GET.get("page", "1"), words)
    shown = {"page": page, "asked": asked, "words": words, "limit": ANSWER}
    return render(request, "open_data/requests.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What looks like an open request is shown first, to be joined instead."""
    actor = actor_of(request)
    if not opening.may_ask(actor):
        raise Refused
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, initial={"wanted": request.GET.get("wanted", "")[:100]})
    if sent is None or not form.is_valid():
        return _form(request, form, 200 if sent is None else UNPROCESSABLE)
    told = form.cleaned_data
    alike = [] if told["is_other"] else opening.alike(told["wanted"])
    if alike:
        return _form(request, form, 200, alike=alike)
    try:
        made = opening.ask(
            wanted=told["wanted"], purpose=told["purpose"], provider=told["provider"], by=actor
        )
    except DiebianError as error:
        form.add_error(None, f"{error.title}")
        return _form(request, form, UNPROCESSABLE)
    return redirect("open-data:request", made.public_id)


@require_safe
def request(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    actor = actor_or_none(request)
    one = opening.request_of(ask_id)
    is_open = not one.outcome
    may_answer = actor is not None and is_open and opening.may_answer(actor, one.provider_code)
    shown = {
        "one": one,
        "limit": ANSWER,
        "has_joined": actor is not None and opening.has_joined(actor, ask_id),
        "may_join": is_open and (actor is None or opening.may_ask(actor)),
        "answer": AnswerForm(datasets=_choices()) if may_answer else None,
        "offices": _offices() if actor and is_open and opening.may_assign(actor) else [],
    }
    return render(request, "open_data/request.html", shown)


@require_POST
def act(request: HttpRequest, ask_id: UUID, verb: str) -> HttpResponse:
    actor = actor_of(request)
    if verb == "join":
        opening.join(request_id=ask_id, by=actor)
    elif verb == "assign":
        provider = request.POST.get("provider", "")[:18]
        opening.assign(request_id=ask_id, provider=provider, by=actor)
    elif verb == "answer":
        if not opening.may_answer(actor, opening.request_of(ask_id).provider_code):
            raise Refused
        form = AnswerForm(request.POST, datasets=_choices())
        if not form.is_valid():
            raise Invalid("请选好怎样答复，并写明理由")
        opening.answer(request_id=ask_id, by=actor, **form.facts())
    else:
        raise NotFound
    return redirect("open-data:request", ask_id)


def _form(
    request: HttpRequest, form: AskForm, status: int, alike: list[opening.Asked] | None = None
) -> HttpResponse:
    shown = {"form": form, "alike": alike or [], "limit": ANSWER}
    return render(request, "open_data/ask.html", shown, status=status)


def _choices() -> list[tuple[str, str]]:
    return [(str(one.id), one.title) for one in opening.open_datasets()]


def _offices() -> list[tuple[str, str]]:
    return [(one.credit_code, one.name) for one in organisations()]
