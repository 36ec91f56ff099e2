"""不答应的接收库: a delivery whose database keeps it waiting. Told once for as long as it lasts,
and sent behind the others until it answers again (`jobs`).
"""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from diebian.base.exchange.public import GrantTerms
from diebian.base.messages.public import notify_all
from diebian.kernel import clock
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from .models import Delivery

RECEIVING = (Post.DATA_MANAGER, Post.APPLICANT)


@transaction.atomic
def begin(delivery: Delivery, terms: GrantTerms, says: str) -> None:
    """`says`: a sentence without its full stop."""
    rows = Delivery.objects.select_for_update(of=("self",)).filter(target=delivery.target_id)
    known = {one.pk: one.stalled_at for one in rows.order_by("pk")}
    Delivery.objects.filter(pk=delivery.pk).update(
        stalled_at=known[delivery.pk] or clock.now(), stalled_says=says[:300]
    )
    if not any(known.values()):  # one notice for a database, however many tables go there
        _tell(delivery, terms, says)


def end(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).exclude(stalled_at=None).update(
        stalled_at=None, stalled_says=""
    )


def _tell(delivery: Delivery, terms: GrantTerms, says: str) -> None:
    receivers = [
        key for post in RECEIVING for key in officials_holding(post, department=terms.consumer)
    ]
    page = reverse("delivery:delivery", args=[delivery.public_id])
    for keys, link in ((receivers, page), (officials_holding(Post.OPERATOR), "")):  # not theirs
        _notify(delivery, terms, says, keys=keys, link=link)


def _notify(
    delivery: Delivery, terms: GrantTerms, says: str, *, keys: Sequence[str], link: str
) -> None:
    notify_all(
        keys=keys,
        title=f"库表交付：{delivery.target.title}没有答应",
        body=f"“{terms.title}”送到{terms.consumer_name}的“{delivery.target.title}”：{says}。"
        f"平台每一刻钟再试一次，只排在别的交付后面，不多送也不漏送；请{terms.consumer_name}"
        "的人看一看那个库，有没有停着、锁着表或者满了，好了不用再做什么。",
        link=link,
        by=PLATFORM,
    )
