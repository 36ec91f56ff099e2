"""一件事 at the window: the person sits here; the clerk receives for every department at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.scenes.services.refusals import PersonUnknown
from diebian.scenes.services.themes.listing import open_themes
from diebian.scenes.services.window.guests import guest_of
from diebian.security.identity.public import Refused, actor_of, person
from diebian.standards.masking import masked

from . import actions, policy, selectors


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_receive_at_window(actor):
        raise Refused
    sent = {name: request.POST.get(name, "") for name in ("theme", "id_number", "name")}
    guest = guest_of(actor)
    known = person(guest.person_key) if guest else None  # whoever sits here is not typed again
    if known:
        sent |= {"id_number": known.id_number, "name": known.name}
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
        "known": known,
        "masked_id": masked(known.id_number) if known else "",
        "sent": sent,
        "fault": fault,
        "applications": selectors.received_at_window(actor),
        "themes": open_themes(),
    }
    return render(
        request, "services/theme_window.html", told, status=fault.status if fault else 200
    )
