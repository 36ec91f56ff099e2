from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import sample_accounts, sign_in, sign_out


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    after = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}):
        after = "/"
    shown = {"samples": sample_accounts(), "username": request.POST.get("username", "")}
    if request.method != "POST":
        return render(request, "accounts/login.html", shown)
    try:
        sign_in(
            request,
            username=request.POST.get("username", ""),
            password=request.POST.get("password", ""),
        )
    except DiebianError as error:  # shown at the form, with the input kept
        shown["error"] = error.title
        return render(request, "accounts/login.html", shown, status=error.status)
    return redirect(after)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    sign_out(request)
    return redirect("/")
