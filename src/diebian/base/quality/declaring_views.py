"""The page on which a rule is declared: first its kind, then what that kind asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from diebian.base.lake.public import LakeTable, lake_tables
from diebian.kernel.errors import DiebianError, NotFound
from diebian.security.identity.public import Actor, Refused, actor_of

from . import policy, selectors
from .forms import RuleForm
from .kinds import KINDS
from .rule_actions import declare_rule

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    table = selectors.table_for(actor, slug)
    if not policy.may_declare(actor, table.department):
        raise Refused
    chosen = request.GET.get("kind", "")
    if not chosen:
        told = {"table": table, "kinds": list(KINDS.values())}
        return render(request, "quality/kinds.html", told)
    if chosen not in KINDS:
        raise NotFound
    sent = request.POST if request.method == "POST" else None
    others = _others(actor, table.department)
    form = RuleForm(sent, kind=KINDS[chosen], table=table, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            declare_rule(table=slug, kind=chosen, by=actor, **form.facts())
            return redirect("quality:table", slug)
        except DiebianError as error:
            form.add_error(None, error.on_form)
    status = UNPROCESSABLE if form.errors else 200
    shown = {"form": form, "table": table, "kind": KINDS[chosen]}
    return render(request, "quality/declare.html", shown, status=status)


def _others(actor: Actor, department: str) -> list[LakeTable]:
    return [one for one in lake_tables() if policy.may_look_into(actor, department, one)]
