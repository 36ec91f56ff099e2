"""The page on which a data manager changes what is collected: looks first, then takes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Refused, actor_of

from . import policy, selectors
from .forms import ChangeForm, filled_from
from .redefining import Planned, change_collection, plan_change
from .refusals import WhyMissing

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    found = selectors.collection_for(actor, slug)
    if not policy.may_manage(actor, found.source.department.credit_code):
        raise Refused
    planned: Planned | None = None
    form = ChangeForm(request.POST) if request.method == "POST" else filled_from(found)
    if request.method == "POST" and form.is_valid():
        try:
            takes, why = request.POST.get("step") == "take", form.cleaned_data["why"]
            if takes and why:
                change_collection(slug=slug, wanted=form.wanted(), why=why, by=actor)
                return redirect("lake:collection", slug)
            planned = plan_change(slug=slug, wanted=form.wanted(), by=actor)
            if takes:
                form.add_error("why", WhyMissing.title)
        except (Refused, NotFound):
            raise
        except DiebianError as error:  # shown on the form, with the input kept
            form.add_error(None, error.on_form)
    shown = {"form": form, "one": found, "planned": planned}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "lake/change.html", shown, status=status)
