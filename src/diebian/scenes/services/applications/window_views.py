"""一件事 at the window: the person sits here; the clerk receives for every department at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.scenes.services.refusals import PersonUnknown
from diebian.scenes.services.themes.listing import open_themes
from diebian.security.identity.public import Refused, actor_of

from . import actions, policy, selectors


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_receive_at_window(actor):
        raise Refused
    sent = {name: request.POST.get(name, "") for name in ("theme", "id_number", "name")}
    fault: PersonUnknown | None = None
    if request.method == "POST":
        try:
            found = actions.begin_at_window(
                theme_code=sent["theme"], id_number=sent["id_number"], name=sent["name"], by=actor
            )
        except PersonUnknown as error:  # shown on the form, with what was typed
            fault = error
        else:
            return redirect("services:theme-choose", found.number)
    told = {
        "sent": sent,
        "fault": fault,
        "applications": selectors.received_at_window(actor),
        "themes": open_themes(),
    }
    return render(
        request, "services/theme_window.html", told, status=fault.status if fault else 200
    )
