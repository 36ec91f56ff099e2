"""Pages of an interface's contract: mounted, tried again, taken away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from diebian.base.catalogue.public import (
    ContractInUse,
    Kind,
    NotPublished,
    ProbeFailed,
    ResourceLine,
    SlugTaken,
    mount_resource,
    mount_ways,
    mountable_title,
    record_probe,
    resource,
    resources_of,
    unmount_resource,
)
from diebian.base.exchange.adapters.probing import probe
from diebian.base.exchange.officials import official
from diebian.base.exchange.protocol.refusals import UpstreamUnavailable, UpstreamWrong
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor

from .forms import MountForm, filled_from
from .trial import Trial, try_out

UNPROCESSABLE = 422
ADVICE: dict[type[DiebianError], str] = {
    UpstreamUnavailable: "请确认系统开着，代码已在平台登记，路径没有写错；改好后再试调。",
    UpstreamWrong: "请对照系统的接口说明，核对成功标志、结果位置和返回字段；改好后再试调。",
    ProbeFailed: "请核对返回字段，并换一份能查到结果的试调样例。",
    SlugTaken: "请换一个接口代码。",
    ContractInUse: "请保留它们在用的，或者另用一个接口代码挂载新的。",
    NotPublished: "请先等目录发布。",
}


@require_http_methods(["GET", "HEAD", "POST"])
def mount(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    actor = official(request)
    title = mountable_title(actor, entry_id)
    mounted = {one.slug: one for one in resources_of(entry_id) if one.way == Kind.INTERFACE}
    form, trial = _mount_form(request, title, mounted), None
    if request.method == "POST" and form.is_valid():
        try:
            trial = try_out(form.contract())
            if request.POST.get("do") == "mount":
                made = _mount(form, entry_id, actor)
                return redirect("exchange:resource", made)
        except tuple(ADVICE) as error:  # shown on the form, with the input kept
            form.add_error(None, _told(error))
    shown = {"form": form, "title": title, "entry_id": entry_id, "trial": _outline(form, trial)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "exchange/interfaces/mount.html", shown, status=status)


def _mount(form: MountForm, entry_id: UUID, actor: Actor) -> str:
    told = form.cleaned_data
    made = mount_resource(
        entry_id=entry_id,
        slug=told["slug"],
        title=told["title"],
        contract=form.contract(),
        probe=probe,
        by=actor,
    )
    return made.slug


def _mount_form(request: HttpRequest, title: str, mounted: dict[str, ResourceLine]) -> MountForm:
    if request.method == "POST":
        known = mounted.get(request.POST.get("slug", ""))
        return MountForm(request.POST, kept=known.contract if known else {})
    known = mounted.get(request.GET.get("slug", ""))
    initial = filled_from(known) if known else {"title": title, "format": "json"}
    return MountForm(initial=initial, kept={})


def _told(error: DiebianError) -> str:
    advice = next(words for kind, words in ADVICE.items() if isinstance(error, kind))
    return f"{error.on_form}。{advice}"


def _outline(form: MountForm, trial: Trial | None) -> dict[str, object] | None:
    """Our columns in our order, each with the masked value that came for it."""
    if trial is None:
        return None
    fields = form.cleaned_data["fields_"]
    rows = [(ours, theirs, trial.sample.get(ours, "")) for ours, theirs in fields.items()]
    return {"count": trial.rows, "rows": rows}


@require_POST
def try_again(request: HttpRequest, slug: str) -> HttpResponse:
    actor = official(request)
    record_probe(slug=slug, probe=mount_ways.get(resource(slug).way).probe, by=actor)
    return redirect("exchange:resource", slug)


@require_POST
def unmount(request: HttpRequest, slug: str) -> HttpResponse:
    actor, reason = official(request), request.POST.get("reason", "")[:300]
    unmount_resource(slug=slug, reason=reason, by=actor)
    return redirect("catalogue:entry", resource(slug).entry_id)
