"""Who acts next, and who is told."""

from collections.abc import Iterable

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Actor, Post, officials_holding

from .dues import is_to_be_carried_out
from .levels import authorities
from .models import Dispute, Outcome, State

NEXT = {
    State.TALKING: "请双方先协商",
    State.COORDINATION: "请数据主管部门协调",
    State.COORDINATED: "同意的可以接受，不同意的请在期限内提出；期满没有人提，意见就生效",
    State.GOVERNMENT: "请报政府决定，决定后登记文号和内容",
}
WITH_AUTHORITY = {State.COORDINATION, State.GOVERNMENT}


def askers(dispute: Dispute) -> list[str]:
    code = dispute.asking.credit_code if dispute.asking else ""
    heads = officials_holding(Post.DATA_HEAD, department=code) if code else []
    return [dispute.opened_by, *heads]


def providers(dispute: Dispute) -> list[str]:
    code = dispute.provider.credit_code
    posts = (Post.DATA_HEAD, Post.DATA_MANAGER)
    return [key for post in posts for key in officials_holding(post, department=code)]


def who_acts(dispute: Dispute) -> list[str]:
    """Keys of those whose turn it is."""
    if dispute.state == State.TALKING:
        return [*providers(dispute), *askers(dispute)]
    if dispute.state in WITH_AUTHORITY:
        return authorities(dispute.bench)
    if dispute.state == State.COORDINATED:
        is_changed = dispute.opinion == Outcome.OVERTURNED
        return providers(dispute) if is_changed else askers(dispute)
    return providers(dispute) if is_to_be_carried_out(dispute) else []


def tell_all(dispute: Dispute, says: str, by: Actor) -> None:
    """Both sides, and the authority where it acts next; not whoever did it."""
    authority = authorities(dispute.bench) if dispute.state in WITH_AUTHORITY else []
    keys = [*askers(dispute), *providers(dispute), *authority]
    tell([key for key in keys if key != by.key], dispute, says)


def tell(keys: Iterable[str], dispute: Dispute, says: str) -> None:
    link = reverse("disputes:dispute", args=[dispute.public_id])
    notify_all(keys=keys, title=f"争议：{dispute.title}", body=says, link=link, by=PLATFORM)
