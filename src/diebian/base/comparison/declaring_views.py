"""The page on which a comparison is declared: two tables first, then how they are compared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.lake.public import LakeTable
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Refused, actor_of

from . import policy
from .actions import declare
from .choices import columns_of, tables_for
from .forms import DeclareForm, TablesForm

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_declare(actor):
        raise Refused
    tables = tables_for(actor)
    asked = "left" in request.GET
    chosen = TablesForm(request.GET if asked else None, tables=tables)
    if not (asked and chosen.is_valid()):
        status = UNPROCESSABLE if asked else 200
        shown = {"form": chosen, "has_tables": len(tables) > 1}
        return render(request, "comparison/tables.html", shown, status=status)
    by_slug = {one.slug: one for one in tables}
    left, right = (by_slug[chosen.cleaned_data[side]] for side in ("left", "right"))
    return _declare(request, actor, left, right)


def _declare(request: HttpRequest, actor: Actor, left: LakeTable, right: LakeTable) -> HttpResponse:
    form = DeclareForm(
        request.POST if request.method == "POST" else None,
        left=left,
        right=right,
        columns={"left": columns_of(actor, left), "right": columns_of(actor, right)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = declare(left=left.slug, right=right.slug, **form.facts(), by=actor)
            return redirect("comparison:comparison", made.slug)
        except DiebianError as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    shown = {"form": form, "left": left, "right": right}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "comparison/new.html", shown, status=status)
