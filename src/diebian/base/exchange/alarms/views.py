"""What somebody who was told of an alarm says of it; the alarms stand on the console's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from diebian.base.exchange.officials import official_with_desk

from . import actions


@require_POST
def look_into(request: HttpRequest, alarm_id: int) -> HttpResponse:
    finding = request.POST.get("finding", "")
    actions.look_into(alarm_id=alarm_id, finding=finding, by=official_with_desk(request))
    return redirect("exchange:console")
