"""Pages about orders."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Post, actor_of

from . import order_actions, order_selectors, policy
from .dues import due_of
from .failing import masked_rows
from .models import OrderState
from .order_actions import department_of

LONGEST = 500


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    told = order_selectors.desk(actor, request.GET.get("page", "1"))
    shown = {"told": told, "is_authority": actor.holds(Post.AUTHORITY)}
    return render(request, "quality/orders.html", shown)


@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    found = order_selectors.order_for(actor, order_id)
    department = department_of(found)
    shown = {
        "one": found,
        "due": due_of(found),
        "rows": masked_rows(found.rule),
        "may_answer": found.state == OrderState.OPEN and policy.may_answer(actor, department),
        "may_rule": found.state == OrderState.DISPUTED and policy.may_rule(actor),
        "may_see_keys": policy.may_see_keys(actor, department),
    }
    return render(request, "quality/order.html", shown)


@require_POST
def act(request: HttpRequest, order_id: UUID, verb: str) -> HttpResponse:
    actor, text = actor_of(request), request.POST.get("text", "")[:LONGEST]
    if verb == "mend":
        order_actions.mend(order_id=order_id, how=text, by=actor)
    elif verb == "dispute":
        order_actions.dispute(order_id=order_id, reason=text, by=actor)
    elif verb == "uphold":
        order_actions.uphold(order_id=order_id, reason=text, by=actor)
    elif verb == "overrule":
        order_actions.overrule(order_id=order_id, reason=text, by=actor)
    else:
        raise NotFound
    return redirect("quality:order", order_id)
