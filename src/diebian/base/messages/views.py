"""消息: look (GET changes nothing), open one, mark all."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.security.identity.public import actor_of

from . import actions, selectors


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    found = selectors.notices_of(actor_of(request))
    unread = sum(notice.read_at is None for notice in found)
    return render(request, "messages/notices.html", {"notices": found, "unread": unread})


@require_POST
def read(request: HttpRequest, public_id: UUID) -> HttpResponse:
    notice = actions.read_notice(public_id=public_id, by=actor_of(request))
    return redirect(notice.link or "messages:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all_notices(by=actor_of(request))
    return redirect("messages:notices")
