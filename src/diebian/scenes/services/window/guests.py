"""Who sits at a window: known by the card or by number and name, until seen off or the day ends."""

from django.db import transaction

from diebian.kernel import clock
from diebian.portal.desk.public import Card
from diebian.scenes.services.actions import look_at
from diebian.scenes.services.models import OPEN, Case, Guest
from diebian.scenes.services.policy import may_receive_at_window
from diebian.scenes.services.refusals import PersonUnknown
from diebian.security.audit import public as audit
from diebian.security.identity.public import Actor, Refused, person_named

SEEN = ("在办事项", "办到哪一步")


@transaction.atomic
def seat(*, id_number: str, name: str, by: Actor) -> Guest:
    """From the card in the clerk's hand. Both must be right: a number alone reveals nobody."""
    return _seated(id_number, name, by, is_by_card=False)


@transaction.atomic
def seat_with_card(*, card: Card, by: Actor) -> Guest:
    """From the reader."""
    return _seated(card.id_number, card.name, by, is_by_card=True)


@transaction.atomic
def see_off(*, by: Actor) -> None:
    if not may_receive_at_window(by):
        raise Refused
    for guest in Guest.objects.select_for_update().filter(clerk_key=by.key):
        guest.delete()
        audit.record(by=by, action="services.guest.left", subject=f"person:{guest.person_key}")


def guest_of(by: Actor) -> Guest | None:
    """Who was left sitting yesterday does not sit there any more."""
    return Guest.objects.filter(clerk_key=by.key, seated_at__gte=clock.midnight()).first()


def _seated(id_number: str, name: str, by: Actor, *, is_by_card: bool) -> Guest:
    if not may_receive_at_window(by):
        raise Refused
    found = person_named(id_number=id_number.strip(), name=name.strip())
    if found is None:
        raise PersonUnknown
    guest, is_new = Guest.objects.select_for_update().get_or_create(
        clerk_key=by.key,
        defaults={"person_key": found.key, "seated_at": clock.now(), "is_by_card": is_by_card},
    )
    if not is_new:
        if guest.person_key == found.key and guest.seated_at >= clock.midnight():
            return guest
        guest.person_key, guest.seated_at = found.key, clock.now()
        guest.is_by_card = is_by_card
        guest.save(update_fields=["person_key", "seated_at", "is_by_card"])
    audit.record(by=by, action="services.guest.seated", subject=f"person:{found.key}")
    for case in Case.objects.filter(applicant_key=found.key, state__in=OPEN):
        look_at(case=case, page="综合窗口：在办的件", columns=SEEN, by=by)
    return guest
