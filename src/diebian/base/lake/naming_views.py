"""The page on which a data manager says which 数据元 each column holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.elements.public import ElementUnknown, standard_elements
from diebian.security.identity.public import Refused, actor_of

from . import policy, selectors
from .forms import ElementsForm
from .naming import column_lines, name_elements

UNPROCESSABLE = 422
MOST_OFFERED = 1000  # of a browser's own list; whatever else there is can be typed


@require_http_methods(["GET", "HEAD", "POST"])
def elements(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    found = selectors.collection_for(actor, slug)
    if not policy.may_manage(actor, found.source.department.credit_code):
        raise Refused
    lines = column_lines(found, with_guesses=True)
    form = ElementsForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            name_elements(slug=slug, named=form.named(), by=actor)
            return redirect("lake:collection", slug)
        except ElementUnknown as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    shown = {"one": found, "form": form, "offered": standard_elements(MOST_OFFERED)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "lake/elements.html", shown, status=status)
