from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import actor_of, sample_accounts, sign_in, sign_out

from . import idle, selectors


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    shown = {
        "samples": sample_accounts(),
        "username": request.POST.get("username", ""),
        "comes_for": _asked_page(request),
    }
    if request.method != "POST":
        return render(request, "accounts/login.html", shown)
    try:
        actor = sign_in(
            request,
            username=request.POST.get("username", ""),
            password=request.POST.get("password", ""),
        )
    except DiebianError as error:  # shown at the form, with the input kept
        shown["error"] = error.title
        return render(request, "accounts/login.html", shown, status=error.status)
    return redirect(_asked_page(request) or selectors.desk_of(actor))


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    minutes = int(idle.limit_for(actor).total_seconds() // 60)
    shown = {"facts": selectors.facts_about(actor), "idle_minutes": minutes}
    return render(request, "accounts/account.html", shown)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    sign_out(request)
    return redirect("/")


def _asked_page(request: HttpRequest) -> str:
    """The page that somebody wanted before they had to sign in; only ever one of ours."""
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""
