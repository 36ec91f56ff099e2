"""The page on which a base is declared or altered: the document itself, checked line by line."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.lake.public import lake_tables
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Post, Refused
from diebian.standards.profile import read_declaration

from . import policy, selectors
from .actions import declare
from .declaration import text_of
from .forms import EXAMPLE, DeclareForm
from .views import official

UNPROCESSABLE = 422
NAME = "声明"  # before the line of a fault


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = official(request)
    if not policy.may_open_declaring(actor):
        raise Refused
    return _page(request, actor, {"text": EXAMPLE}, {"title": "声明一个基础库"})


@require_http_methods(["GET", "HEAD", "POST"])
def alter(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    base = selectors.base_for(actor, slug)
    if not policy.is_keeper(actor, base):
        raise Refused
    text = text_of(selectors.version_of(base).plan)
    return _page(request, actor, {"text": text}, {"title": f"修改“{base.title}”", "base": base})


def _page(
    request: HttpRequest, actor: Actor, initial: dict[str, str], shown: dict[str, Any]
) -> HttpResponse:
    form = DeclareForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told, faults = read_declaration(form.cleaned_data["text"], NAME)
        for fault in faults:
            form.add_error("text", f"第 {fault.line} 行：{fault.sentence}")
        if told is not None:
            try:
                made = declare(told=told, by=actor)
                return redirect("masterdata:base", made.base.slug)
            except DiebianError as error:  # shown on the form, with the input kept
                form.add_error(None, error.on_form)
    is_authority = actor.holds(Post.AUTHORITY)
    tables = lake_tables() if is_authority else lake_tables(department=actor.department)
    status = UNPROCESSABLE if form.errors else 200
    told_more = {"form": form, "tables": tables[:60], "is_authority": is_authority}
    return render(request, "masterdata/declare.html", {**shown, **told_more}, status=status)
