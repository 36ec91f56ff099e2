"""Pages about tables of licences: what is declared, what was registered, what was set aside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from diebian.base.lake.public import lake_tables
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of
from diebian.standards.profile import read_licence_table

from . import policy, table_selectors
from .asking import declare_and_ask
from .declaration import text_of
from .table_forms import EXAMPLE, DeclareForm

UNPROCESSABLE = 422
NAME = "声明"  # before the line of a fault


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    actor = _official(request)
    lines = table_selectors.overview(actor)
    told = {"lines": lines, "may_declare": policy.may_open_declaring(actor)}
    return render(request, "licences/tables.html", told)


@require_safe
def table(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    found = table_selectors.table_for(actor, slug)
    version, plan = table_selectors.newest(found)
    faults = table_selectors.faults_of(found, request.GET.get("page", "1"))
    told = {
        "table": found,
        "version": version,
        "plan": plan,
        "counts": table_selectors.counts_of(found),
        "registrations": table_selectors.registrations_of(found),
        "faults": faults,
        "fault_lines": table_selectors.fault_lines(faults),
        "may_alter": policy.may_open_declaring(actor)
        and actor.department == found.department.credit_code,
    }
    return render(request, "licences/table.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _page(request, _declarer(request), {"text": EXAMPLE}, {"title": "声明一张证照表"})


@require_http_methods(["GET", "HEAD", "POST"])
def alter(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _declarer(request)
    found = table_selectors.table_for(actor, slug)
    text = text_of(table_selectors.newest(found)[0].plan)
    return _page(request, actor, {"text": text}, {"title": f"修改“{found.title}”", "table": found})


def _page(
    request: HttpRequest, actor: Actor, initial: dict[str, str], shown: dict[str, Any]
) -> HttpResponse:
    form = DeclareForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told, faults = read_licence_table(form.cleaned_data["text"], NAME)
        for fault in faults:
            form.add_error("text", f"第 {fault.line} 行：{fault.sentence}")
        if told is not None:
            try:
                return redirect("licences:table", declare_and_ask(told=told, by=actor).table.slug)
            except DiebianError as error:  # shown on the form, with the input kept
                form.add_error(None, error.on_form)
    told_more = {"form": form, "tables": lake_tables(department=actor.department)[:60]}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "licences/declare.html", {**shown, **told_more}, status=status)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse_tables(actor):
        raise Refused
    return actor


def _declarer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_open_declaring(actor):
        raise Refused
    return actor
