"""Who is told when a version moves: whoever acts next, and whoever waits for it."""

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from .models import ItemVersion, State

WRITERS = (Post.DATA_MANAGER, Post.DATA_HEAD)


def tell(version: ItemVersion) -> None:
    """Nobody of a draft that was only written; its author of one that came back."""
    posts, says = _told(version)
    keys = [key for post in posts for key in _holding(post, version)]
    if not keys:
        return
    notify_all(
        keys=dict.fromkeys(keys),
        title=f"事项修改：{version.item.name}",
        body=f"“{version.item.name}”第 {version.number} 版{says}",
        link=reverse("services:item-desk", args=[version.item.code]),
        by=PLATFORM,
    )


def _told(version: ItemVersion) -> tuple[tuple[Post, ...], str]:
    if version.state == State.OFFICE_REVIEW:
        return (Post.DATA_HEAD,), "请您代表本部门审核。"
    if version.state == State.SUBMITTED:
        return (Post.AUTHORITY,), "请您审核，定下从哪天起执行。"
    if version.state == State.DRAFT and version.reason:
        return (Post.DATA_MANAGER,), f"被退回，请修改。理由：{version.reason}。"
    if version.state == State.PASSED:
        return WRITERS, f"已通过，{version.valid_from:%Y-%m-%d} 起执行，您现在不用做什么。"
    if version.state == State.IN_FORCE:
        return WRITERS, "今天起执行，您现在不用做什么。"
    return (), ""


def _holding(post: Post, version: ItemVersion) -> list[str]:
    own = version.item.department.credit_code
    return officials_holding(post, department="" if post == Post.AUTHORITY else own)
