"""Pages: read the request, call one action or selector, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diebian.base.catalogue.public import (
    ContractInUse,
    Kind,
    NotPublished,
    ProbeFailed,
    ResourceLine,
    SlugTaken,
    may_mount,
    mount_resource,
    mount_ways,
    mountable_title,
    record_probe,
    resource,
    resources_of,
    unmount_resource,
)
from diebian.base.disputes.public import doorway, waiting_count
from diebian.kernel.errors import DiebianError
from diebian.security.identity.public import Actor, Post, Refused, actor_of
from diebian.standards.sharing import SharingType

from . import actions, policy, selectors, verbs
from .departments import UpstreamUnavailable, UpstreamWrong
from .disputing import WITHHELD
from .dues import due_of, reply_by
from .forms import MountForm, RequestForm, filled_from
from .health import faults_of
from .models import CALLED, REFUSED, Extension, Grant, RequestState, ShareRequest, Standing
from .probing import probe
from .proxied import proxied_among
from .request_panels import panels_of_resource, shown_panels
from .selectors import ANSWERABLE
from .trial import Trial, try_out
from .volume import volume_of

UNPROCESSABLE = 422
ADVICE: dict[type[DiebianError], str] = {
    UpstreamUnavailable: "请确认系统开着，代码已在平台登记，路径没有写错；改好后再试调。",
    UpstreamWrong: "请对照系统的接口说明，核对成功标志、结果位置和返回字段；改好后再试调。",
    ProbeFailed: "请核对返回字段，并换一份能查到结果的试调样例。",
    SlugTaken: "请换一个接口代码。",
    ContractInUse: "请保留它们在用的，或者另用一个接口代码挂载新的。",
    NotPublished: "请先等目录发布。",
}


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not policy.has_desk(actor):
        raise Refused
    told = selectors.inbox(actor, request.GET.get("page", "1"))
    shown = {
        "inbox": told,
        "is_authority": actor.holds(Post.AUTHORITY),
        "disputes": waiting_count(actor),
    }
    return render(request, "exchange/inbox.html", shown)


@require_safe
def resource_page(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    found = resource(slug)
    return _resource_page(request, actor, found, RequestForm(resource=found))


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    if not policy.may_request(actor):
        raise Refused
    found = resource(slug)
    form = RequestForm(request.POST, resource=found)
    if not form.is_valid():
        return _resource_page(request, actor, found, form)
    made = actions.request_share(resource=slug, **form.facts(), by=actor)
    return redirect("exchange:request", made.pk)


@require_POST
def try_again(request: HttpRequest, slug: str) -> HttpResponse:
    actor = _official(request)
    record_probe(slug=slug, probe=mount_ways.get(resource(slug).way).probe, by=actor)
    return redirect("exchange:resource", slug)


@require_POST
def unmount(request: HttpRequest, slug: str) -> HttpResponse:
    actor, reason = _official(request), request.POST.get("reason", "")[:300]
    unmount_resource(slug=slug, reason=reason, by=actor)
    return redirect("catalogue:entry", resource(slug).entry_id)


@require_safe
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    actor = _official(request)
    found = selectors.request_for(actor, request_id)
    known = {one.column: one for one in resource(found.resource.slug).columns}
    grant = getattr(found, "grant", None)
    shown = {
        "one": found,
        "columns": [(column, known.get(column)) for column in found.columns],
        "due": due_of(found),
        "history": selectors.history_of(found),
        "used_today": selectors.used_today(grant) if grant else None,
        "grant": grant,
        "may": _open_acts(actor, found, grant),
        "is_called": found.mode in CALLED,
        "volume": volume_of(found.resource.kind, found.volume, found.volume_per, found.valid_to),
        "panels": shown_panels(found.pk, actor),
        "resource_panels": panels_of_resource(found.resource.slug, actor),
        "doorway": doorway(REFUSED, str(found.pk), actor),
    }
    return render(request, "exchange/request.html", shown)


@require_POST
def act_on_request(request: HttpRequest, request_id: int, verb: str) -> HttpResponse:
    done = verbs.do(verbs.ON_REQUEST, verb, request_id, request.POST.dict(), actor_of(request))
    return redirect("exchange:request", done.pk if isinstance(done, ShareRequest) else request_id)


@require_POST
def act_on_grant(request: HttpRequest, grant_id: int, verb: str) -> HttpResponse:
    verbs.do(verbs.ON_GRANT, verb, grant_id, request.POST.dict(), actor_of(request))
    return redirect("exchange:request", selectors.request_of_grant(grant_id))


@require_http_methods(["GET", "HEAD", "POST"])
def mount(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    actor = _official(request)
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
    return render(request, "exchange/mount.html", shown, status=status)


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


def _resource_page(
    request: HttpRequest, actor: Actor, found: ResourceLine, form: RequestForm
) -> HttpResponse:
    is_withheld = found.is_open and len(found.withheld) == len(found.columns)
    is_shared = found.is_open and not is_withheld
    strictest = found.sharing_of([one.column for one in found.columns if not one.is_withheld])
    chosen, masked = (
        set(form[name].value() or ()) if name in form.fields else set()
        for name in ("columns", "masked")
    )
    use = selectors.use_of(found, actor)
    shown = {
        "resource": found,
        "sharing": SharingType(found.sharing).label,
        "form": form,
        "picks": [(one, one.column in chosen) for one in found.columns],
        "masks": [(one, one.column in masked) for one in found.columns if not one.is_withheld],
        "use": use,
        "is_seen": policy.has_desk(actor),
        "may_request": is_shared and policy.may_request(actor),
        "way": mount_ways.get(found.way) if may_mount(actor, found.entry_id) else None,
        "deviations": faults_of([found.slug]) if use.is_all else [],
        "proxied": proxied_among([found]).get(found.slug),
        "resource_panels": panels_of_resource(found.slug, actor),
        "reply_by": reply_by(found.sharing) if is_shared else "",
        "reply_strictest": reply_by(strictest) if is_shared and strictest != found.sharing else "",
        "Standing": Standing,
        "is_withheld": is_withheld,
        "doorway": doorway(WITHHELD, str(found.entry_id), actor) if is_withheld else None,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "exchange/resource.html", shown, status=status)


def _open_acts(actor: Actor, one: ShareRequest, grant: Grant | None) -> dict[str, bool]:
    """What this reader can do next; the actions decide again."""
    answers = policy.may_answer_for_provider(actor, one) and one.state == RequestState.SUBMITTED
    reviews = one.state == RequestState.OFFICE_REVIEW
    stands = grant.standing if grant and policy.may_revoke(actor, grant) else None
    return {
        "approve": reviews and policy.may_approve_for_consumer(actor, one),
        "answer": answers,
        "ask": answers and not one.supplement_wanted,
        "supplement": one.state == RequestState.SUPPLEMENTING and policy.may_supplement(actor, one),
        "provision": one.state == RequestState.AGREED and policy.may_provision(actor),
        "extend": not one.extension
        and one.state in ANSWERABLE
        and policy.may_answer_for_provider(actor, one),
        "answer_extension": one.extension == Extension.ASKED
        and one.state in ANSWERABLE
        and policy.may_answer_extension(actor),
        "dispose": one.state == RequestState.CLOSING and policy.may_dispose(actor, one),
        "renew": one.state == RequestState.ACTIVE and policy.may_renew(actor, one),
        "suspend": stands == Standing.ACTIVE,
        "resume": stands == Standing.SUSPENDED,
        "check": stands == Standing.SUSPENDED and bool(grant and grant.rectified),
        "rectify": grant is not None
        and grant.standing == Standing.SUSPENDED
        and not grant.rectified
        and policy.may_rectify(actor, grant),
        "revoke": stands in {Standing.ACTIVE, Standing.SUSPENDED},
    }


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not policy.may_browse(actor):
        raise Refused
    return actor
