"""Pages on which a data manager says what there is to collect."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of

from . import policy, selectors
from .actions import define_collection, register_source
from .forms import CollectionForm, SourceForm

UNPROCESSABLE = 422
SOURCE = "登记来源", "数据在哪个系统里。只登记地址，口令不经过这里。"
COLLECTION = "登记归集", "从来源里收哪张表、怎么收。登记时平台真的去看一次。"


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest) -> HttpResponse:
    actor = _manager(request)
    form = SourceForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            register_source(**form.facts(), department=actor.department, by=actor)
            return redirect("lake:define")
        except DiebianError as error:
            _tell(form, error)
    return _page(request, form, SOURCE)


@require_http_methods(["GET", "HEAD", "POST"])
def define(request: HttpRequest) -> HttpResponse:
    actor = _manager(request)
    form = CollectionForm(_sent(request), sources=selectors.source_choices(actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = define_collection(**form.facts(), by=actor)
            return redirect("lake:collection", made.slug)
        except DiebianError as error:
            _tell(form, error)
    return _page(request, form, COLLECTION)


def _sent(request: HttpRequest) -> QueryDict | None:
    """An empty post is a post, too: it is told what is missing."""
    return request.POST if request.method == "POST" else None


def _tell(form: Form, error: DiebianError) -> None:
    """Shown on the form, with the input kept."""
    form.add_error(None, error.on_form)


def _page(request: HttpRequest, form: Form, words: tuple[str, str]) -> HttpResponse:
    shown = {"form": form, "title": words[0], "lead": words[1]}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "lake/form.html", shown, status=status)


def _manager(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_manage(actor, actor.department):
        raise Refused
    return actor
