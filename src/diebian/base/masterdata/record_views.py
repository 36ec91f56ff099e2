"""Pages about one entity, and those about which sources do not agree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Refused
from diebian.standards.sharing import CORRECTION

from . import policy, selectors
from .forms import FindForm, PurposeForm
from .handing import hand_over
from .looking import look, number_of, plan_now, record_now
from .plan import plan_of
from .shown import disputed_lines, look_at_record, value_lines
from .timeline import events_of, timeline
from .views import official

UNPROCESSABLE = 422
MASKED = "查看基础库记录（内容遮住）"
DISPUTED = "核对来源说法不一的记录（内容遮住）"


@require_POST
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """By identifier. A POST: a number of a person does not belong into an address."""
    actor = official(request)
    found = selectors.base_for(actor, slug)
    plan = plan_now(found)
    if not policy.may_see_records(actor, found, plan.seen_by):
        raise Refused
    identifier = plan.column(plan.identifier).title
    form = FindForm(request.POST, called=identifier)
    if form.is_valid():
        try:
            number = number_of(found, form.cleaned_data["identifier"])
            return redirect("masterdata:record", found.slug, number)
        except NotFound:
            form.add_error("identifier", f"库里没有这个{identifier}，请核对后再找")
    shown = {"base": found, "plan": plan, "form": form, "identifier": identifier}
    return render(request, "masterdata/find.html", shown, status=UNPROCESSABLE)


@require_safe
def record(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _record(request, slug, number)


@require_POST
def plain(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    form = PurposeForm(request.POST)
    return _record(request, slug, number, form=form)


def _record(
    request: HttpRequest, slug: str, number: int, *, form: PurposeForm | None = None
) -> HttpResponse:
    actor = official(request)
    base = selectors.base_for(actor, slug)
    found = record_now(base, number)
    is_plain = form is not None and form.is_valid()
    if form is not None and is_plain:
        purpose = form.cleaned_data["purpose"]
        lines = look_at_record(base=base, record=found, purpose=purpose, by=actor)
    else:
        plan = plan_of(found.version.plan)
        look(base=base, plan=plan, records=[found], purpose=MASKED, by=actor)
        lines = value_lines(found, is_plain=False)
    shown = {
        "base": base,
        "record": found,
        "asked_number": number,
        "lines": lines,
        "is_plain": is_plain,
        "timeline": timeline(base, found.number, is_plain=is_plain),
        "events": events_of(found, is_plain=is_plain),
        "plan": plan_of(found.version.plan),
        "keeping": plan_now(base).keeping,
        "form": form or PurposeForm(),
    }
    status = UNPROCESSABLE if form is not None and not is_plain else 200
    return render(request, "masterdata/record.html", shown, status=status)


@require_safe
def conflict(request: HttpRequest, slug: str, column: str) -> HttpResponse:
    actor = official(request)
    base = selectors.base_for(actor, slug)
    plan = selectors.plan_read(base)
    if column not in plan.names:
        raise NotFound
    page = selectors.disputed(base, column, request.GET.get("page", "1"))
    records = list(page)
    look(base=base, plan=plan, records=records, purpose=DISPUTED, by=actor)
    shown = {
        "base": base,
        "plan": plan,
        "name": column,
        "column": plan.column(column).title,
        "is_masked": plan.is_personal(column),
        "page": page,
        "lines": disputed_lines(records, plan, column),
        "tables": selectors.lost_in(base, column),
        "days": CORRECTION.days,
        "may_hand": policy.may_decide(actor, base, plan_now(base).seen_by),
    }
    return render(request, "masterdata/conflict.html", shown)


@require_POST
def hand(request: HttpRequest, slug: str, column: str) -> HttpResponse:
    actor = official(request)
    found = selectors.base_for(actor, slug)
    hand_over(slug=found.slug, column=column, table=request.POST.get("table", ""), by=actor)
    return redirect("masterdata:conflict", slug, column)
