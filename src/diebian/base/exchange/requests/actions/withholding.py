"""What the catalogue has come to withhold of grants in force: told to whoever uses them, once.

That it is given no more needs nobody: all that lets data out asks the catalogue itself.
"""

from django.db import transaction
from django.db.models import Q

from diebian.base.exchange import policy
from diebian.base.exchange.grants.in_force import in_force
from diebian.base.exchange.grants.models import Grant
from diebian.base.exchange.grants.terms import withheld_by
from diebian.base.exchange.requests.telling import tell_withheld
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused
from diebian.standards.sharing import SharingType

OF_ENTRY = "request__resource__entry__sharing"
OF_ITEM = "request__resource__entry__items__sharing"


@transaction.atomic
def say_what_is_withheld(*, by: Actor) -> int:
    """Returns of how many grants something changed. Run it as often as you like."""
    if not policy.may_work_by_itself(by):
        raise Refused
    changed = 0
    grants = list(_concerned())
    withheld = withheld_by(one.request.resource.slug for one in grants)
    for grant in grants:
        hidden = withheld.get(grant.request.resource.slug, frozenset())
        now = [one for one in grant.request.columns if one in hidden]
        if now != grant.withheld:
            _say(grant, now, by)
            changed += 1
    return changed


def _concerned() -> list[Grant]:
    """Few: where something is withheld, or somebody was told that it is."""
    never = Q(**{OF_ENTRY: SharingType.NEVER}) | Q(**{OF_ITEM: SharingType.NEVER})
    keys = in_force().filter(never | ~Q(withheld=[])).values("pk")
    rows = Grant.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("request__consumer", "request__resource").order_by("pk"))


def _say(grant: Grant, now: list[str], by: Actor) -> None:
    lost = [one for one in now if one not in grant.withheld]
    again = [one for one in grant.withheld if one not in now]
    grant.withheld = now
    grant.save(update_fields=["withheld"])
    action = "exchange.grant.withheld" if lost else "exchange.grant.given_again"
    audit.record(by=by, action=action, subject=grant.audit_subject)
    tell_withheld(grant.request, lost=lost, again=again)
