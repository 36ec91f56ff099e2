from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from diebian.base.mandates.public import headed_by
from diebian.kernel.errors import NotFound
from diebian.security.identity.public import Actor, Post

from .code import read_code
from .holding import card_of
from .models import Held, Licence
from .states import State
from .verification import signed_data, trusted_keys, verify


@dataclass(frozen=True)
class Checked:
    """What the signature says, and what the issuer says today. The body only where it was sent."""

    identifier: str
    title: str
    holder: str
    issued: str
    body: Mapping[str, object]
    status: str

    @property
    def is_valid(self) -> bool:
        return self.status == State.IN_FORCE.label


def licence_for(by: Actor, public_id: UUID) -> Licence:
    """The holder's, or the issuing department's reviewers'; for others it does not exist."""
    licence = Licence.objects.select_related("issuer").filter(public_id=public_id).first()
    if licence is None:
        raise NotFound
    if not (is_holder(by, licence) or is_issuer(by, licence)):
        raise NotFound
    return licence


def is_holder(by: Actor, licence: Licence) -> bool:
    """Or who represents the company that does."""
    if not by.is_person:
        return False
    return by.key == licence.holder_key or licence.holder_key in {o.key for o in headed_by(by)}


def is_issuer(by: Actor, licence: Licence) -> bool:
    return by.holds(Post.REVIEWER) and by.department == licence.issuer.credit_code


def licence_of_case(case_no: str) -> Licence | None:
    return Licence.objects.filter(case_no=case_no).first()


def licences() -> QuerySet[Licence]:
    """Issued licences without what stands in them (holder, body), for counting and listing."""
    return Licence.objects.only("identifier", "title", "case_no", "issued_at")


def checked(raw: bytes, code: str) -> Checked:
    """A licence file or PDF (`raw`), or the content of its QR code. Refuses what is not genuine."""
    keys = trusted_keys()
    if raw:
        verdict = verify(signed_data(raw), keys)
        told = {"id": verdict.identifier, "title": verdict.title, "holder": verdict.holder}
        told["issued"], body = verdict.issued, verdict.body
    else:
        told, body = read_code(code, keys), {}
    status = state_now(told["id"])
    return Checked(told["id"], told["title"], told["holder"], told["issued"], body, status)


def state_now(identifier: str) -> str:
    """Of an issued licence, or of the collected one that a copy was made of."""
    issued = Licence.objects.filter(identifier=identifier).first()
    if issued is not None:
        return str(issued.get_state_display())
    held = Held.objects.filter(identifier=identifier).first()
    return card_of(held).state if held else "本平台没有登记"
