"""Pages of the consumer: where to receive, what was sent; and downloads. The provider may look."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.exchange.public import panels_of_resource, terms_of, volume_line
from diebian.kernel.body import object_in
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Refused, actor_of, system_acting

from . import policy, selectors
from .arranging import arrange as arrange_delivery
from .arranging import ask_sending, register_target
from .downloading import Handed
from .downloading import download as handed_over
from .forms import ArrangeForm, TargetForm

UNPROCESSABLE = 422


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    shown = {
        "lines": selectors.deliveries_for(actor),
        "waiting": selectors.waiting_for(actor),
        "targets": selectors.targets_of(actor),
        "may_register": policy.may_register(actor),
    }
    return render(request, "delivery/deliveries.html", shown)


@require_safe
def delivery(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    line = selectors.delivery_for(actor, public_id)
    shown = {
        "line": line,
        "one": line.delivery,
        "terms": line.terms,
        "volume": volume_line(line.terms),
        "runs": selectors.runs_of(line.delivery, request.GET.get("page", "1")),
        "resource_panels": panels_of_resource(line.terms.resource, actor),
        "may_send": line.terms.is_in_force and policy.may_receive(actor, line.terms),
    }
    return render(request, "delivery/delivery.html", shown)


@require_POST
def send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    ask_sending(public_id=public_id, by=actor_of(request))
    return redirect("delivery:delivery", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.may_register(actor):
        raise Refused
    form = TargetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            register_target(**form.cleaned_data, by=actor)
            return redirect("delivery:deliveries")
        except DiebianError as error:
            _tell(form, error)
    told = {"form": form, "title": "登记接收库", "button": "连一次并登记"}
    told["lead"] = "授权的库表送到哪个库。平台会真的连一次，看能不能在那里建表；建了马上撤回。"
    return _page(request, form, told)


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, grant_id: int) -> HttpResponse:
    actor, terms = actor_of(request), terms_of(grant_id)
    if not policy.may_receive(actor, terms):
        raise Refused
    targets = selectors.targets_of(actor)
    initial = {"table": terms.resource.replace("-", "_")}
    sent = request.POST if request.method == "POST" else None
    form = ArrangeForm(sent, initial=initial, targets=targets)
    if request.method == "POST" and form.is_valid():
        try:
            made = arrange_delivery(grant_id=grant_id, **form.cleaned_data, by=actor)
            return redirect("delivery:delivery", made.public_id)
        except DiebianError as error:
            _tell(form, error)
    told = {"form": form, "title": f"安排接收“{terms.title}”", "button": "安排，马上送第一次"}
    told["lead"] = "第一次送授权范围内的全部行，以后只送变化。"
    return _page(request, form, {**told, "terms": terms, "no_targets": not targets})


@require_POST
def download(request: HttpRequest, grant_id: int) -> HttpResponse:
    purpose = request.POST.get("purpose", "")
    return _file(handed_over(grant_id=grant_id, purpose=purpose, by=actor_of(request)))


@csrf_exempt  # a token, not a cookie: nobody's browser can be led here
@require_POST
def api_download(request: HttpRequest, grant_id: int) -> HttpResponse:
    system = system_acting(request)  # before anything that came is read
    purpose = str(object_in(request).get("purpose", ""))
    return _file(handed_over(grant_id=grant_id, purpose=purpose, by=system))


@require_safe
def api_delivery(request: HttpRequest, public_id: UUID) -> JsonResponse:
    line = selectors.delivery_for(actor_of(request), public_id)
    runs = selectors.runs_of(line.delivery, request.GET.get("page", "1"))
    return JsonResponse(
        {
            "id": line.delivery.public_id,
            "resource": line.terms.resource,
            "state": line.words,
            "total": line.delivery.total,
            "stalled_at": line.delivery.stalled_at,
            "waits_until": line.delivery.waits_until if line.is_waiting else None,
            "runs": [
                {
                    "batch": run.batch,
                    "state": run.state,
                    "whole": run.is_whole,
                    "written": run.written,
                    "removed": run.removed,
                    "total": run.total,
                    "checksum": run.checksum,
                    "started_at": run.started_at,
                    "ended_at": run.ended_at,
                    "sentence": run.sentence,
                }
                for run in runs
            ],
        }
    )


def _file(handed: Handed) -> HttpResponse:
    answer = HttpResponse(handed.content, content_type=handed.media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(handed.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Diebian-SM3"] = handed.digest
    return answer


def _tell(form: Form, error: DiebianError) -> None:
    """Shown on the form, with the input kept."""
    form.add_error(None, error.on_form)


def _page(request: HttpRequest, form: Form, told: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "delivery/form.html", told, status=status)
