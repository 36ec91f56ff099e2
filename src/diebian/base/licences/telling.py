"""Who is told of an act on a licence: its head, then its holder with what she can do."""

from django.urls import reverse

from diebian.base.messages.public import notify, notify_all
from diebian.security.identity.public import PLATFORM, Post, company, officials_holding
from diebian.standards.remedies import REMEDY

from .acts_models import LicenceAct
from .models import Licence

TITLE = "证照"


def tell_head(act: LicenceAct) -> None:
    licence = act.licence
    keys = officials_holding(Post.HEAD, department=licence.issuer.credit_code)
    asks = f"{act.proposed_by_name}提出{act.get_act_display()}“{licence.title}”"
    body = f"{asks}，等您同意：{act.reason}"
    notify_all(keys=keys, title=TITLE, body=body, link=_desk(licence), by=PLATFORM)


def tell_proposer(act: LicenceAct) -> None:
    body = f"没有同意{act.get_act_display()}“{act.licence.title}”：{act.why}"
    notify(key=act.proposed_by, title=TITLE, body=body, link=_desk(act.licence), by=PLATFORM)


def tell_holder(act: LicenceAct) -> None:
    """A company's representative, as the register last said."""
    licence = act.licence
    found = company(licence.holder_key)
    body = (
        f"{licence.issuer.name}{act.get_act_display()}了您的“{licence.title}”：{act.reason}"
        f"（{act.basis}）。{REMEDY}"
    )
    key = licence.holder_key if found is None else found.head_key
    notify(key=key, title=TITLE, body=body, link=reverse("licences:mine"), by=PLATFORM)


def _desk(licence: Licence) -> str:
    return reverse("licences:desk-licence", args=[licence.public_id])
