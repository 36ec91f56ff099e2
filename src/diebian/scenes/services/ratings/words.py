"""Words are shown to everybody after the authority has looked whether they name a person."""

from django.db import transaction

from diebian.kernel.errors import NotFound
from diebian.scenes.services.rating_models import Rating, Showing
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused

from . import policy
from .refusals import OrderElsewhere


@transaction.atomic
def look_at_words(*, rating: int, is_shown: bool, by: Actor) -> None:
    """Decided once; nobody's words are altered."""
    if not policy.supervises(by):
        raise Refused
    found = Rating.objects.select_for_update().filter(pk=rating).first()
    if found is None:
        raise NotFound
    if found.showing != Showing.WAITING:
        raise OrderElsewhere
    found.showing = Showing.SHOWN if is_shown else Showing.WITHHELD
    found.save(update_fields=["showing"])
    audit.record(by=by, action=f"services.rating.{found.showing}", subject=f"rating:{rating}")
