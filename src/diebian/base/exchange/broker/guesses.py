"""How often one may still verify something about a person today: for whoever shows the question."""

from diebian.base.exchange.grants.in_force import in_force
from diebian.base.exchange.grants.models import Mode
from diebian.kernel import clock

from .models import VerifyDay
from .quotas import GUESSES


def guesses_left(*, resource: str, system: str, purpose: str, subject: str) -> int | None:
    """None where nothing may be verified. `subject`: identity's blind reference."""
    grants = in_force().filter(
        system=system,
        request__resource__slug=resource,
        request__purpose=purpose,
        request__mode=Mode.VERIFY,
    )
    grant = grants.order_by("-pk").first()
    if grant is None:
        return None
    days = VerifyDay.objects.filter(grant=grant, subject=subject, day=clock.today())
    return max(GUESSES - (days.values_list("used", flat=True).first() or 0), 0)
