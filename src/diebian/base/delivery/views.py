"""Pages on which a data manager mounts a table or a file."""

from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.catalogue.public import (
    Kind,
    ResourceLine,
    items_for,
    mountable_title,
    resources_of,
)
from diebian.base.lake.public import LakeTable, lake_tables, shown
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of

from .contracts import sample_of
from .forms import FileForm, TableForm, filled
from .mounting import mount_file, mount_table

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    actor = _official(request)
    title = mountable_title(actor, entry_id)
    known = _known(request, entry_id, Kind.TABLE)
    tables = [one for one in lake_tables(department=actor.department) if one.collected_at]
    chosen = _chosen(request, tables, entry_id, known)
    if chosen is None:
        told = {"title": title, "entry_id": entry_id, "tables": tables}
        return render(request, "delivery/choose_table.html", told)
    items = items_for(actor, entry_id)
    if request.method == "POST":
        form = TableForm(request.POST, items=items, table=chosen)
        if form.is_valid():
            try:
                if request.POST.get("do") == "mount":
                    facts = form.facts()
                    mount_table(entry_id=entry_id, **facts, by=actor)
                    return redirect("exchange:resource", facts["slug"])
            except DiebianError as error:
                _tell(form, error)
    else:
        form = TableForm(
            initial=filled(items, chosen, title, known, resources_of(entry_id)),
            items=items,
            table=chosen,
        )
    told = {"title": title, "entry_id": entry_id, "form": form, "table": chosen}
    told["sample"] = _sample(form, chosen)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "delivery/mount_table.html", told, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    actor = _official(request)
    title = mountable_title(actor, entry_id)
    known = _known(request, entry_id, Kind.FILE)
    initial = {"title": known.title, "slug": known.slug} if known else {"title": title}
    if request.method != "POST":
        form = FileForm(initial=initial)
    else:
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                facts = form.facts()
                mount_file(entry_id=entry_id, **facts, by=actor)
                return redirect("exchange:resource", facts["slug"])
            except DiebianError as error:
                _tell(form, error)
    told = {"title": title, "entry_id": entry_id, "form": form, "known": known}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "delivery/mount_file.html", told, status=status)


def _known(request: HttpRequest, entry_id: UUID, kind: Kind) -> ResourceLine | None:
    """The resource that is to be mounted anew, where its address names one mounted this way."""
    slug = request.GET.get("slug", "")
    found = [one for one in resources_of(entry_id) if one.slug == slug and one.way == kind]
    return found[0] if found else None


def _chosen(
    request: HttpRequest, tables: list[LakeTable], entry_id: UUID, known: ResourceLine | None
) -> LakeTable | None:
    """As the address says; else as it is mounted; else the only one collected for this entry."""
    told = request.GET.get("from", known.contract["collection"] if known else "")
    if told:
        found = next((one for one in tables if one.slug == told), None)
        if found is None:
            raise NotFound
        return found
    own = [one for one in tables if one.entry_id == entry_id]
    return own[0] if len(own) == 1 else None


def _sample(form: TableForm, table: LakeTable) -> list[tuple[str, str, str]]:
    """Column, kind, and the masked value of the first row: read in the lake at this moment."""
    try:
        told = sample_of(table, [one.name for one in table.columns])
    except DiebianError as error:
        _tell(form, error)
        return []
    return [(one.name, one.words, shown(told[one.name]) or "（空）") for one in table.columns]


def _tell(form: Form, error: DiebianError) -> None:
    """Shown on the form, with the input kept."""
    form.add_error(None, error.on_form)


def _official(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.department:
        raise Refused
    return actor
