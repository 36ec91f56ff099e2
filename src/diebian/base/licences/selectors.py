from uuid import UUID

from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor

from .models import Licence


def licence_for(by: Actor, public_id: UUID) -> Licence:
    """The holder's, or the issuing department's; for anybody else it does not exist."""
    licence = Licence.objects.select_related("issuer").filter(public_id=public_id).first()
    if licence is None:
        raise NotFound
    is_holder = by.is_person and by.key == licence.holder_key
    is_issuer = not by.is_person and by.department == licence.issuer.credit_code
    if not (is_holder or is_issuer):
        raise NotFound
    return licence


def licence_of_case(case_no: str) -> Licence | None:
    return Licence.objects.filter(case_no=case_no).first()


def issued() -> list[tuple[str, str, str]]:
    """Identifier, title, day: the rows behind the number of licences. No holder."""
    rows = Licence.objects.order_by("-pk")[:500]
    return [(row.identifier, row.title, f"{row.issued_at:%F}") for row in rows]


def issued_count() -> int:
    return Licence.objects.count()
