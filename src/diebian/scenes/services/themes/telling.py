"""Who is told when a draft moves: whoever acts next, and whoever waits for it."""

from collections.abc import Iterable

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Post, officials_holding

from .models import DraftState, ThemeDraft


def tell(draft: ThemeDraft) -> None:
    """Nobody of a draft that was only written; its author of one that came back."""
    keys, says = _told(draft)
    if not says:
        return
    notify_all(
        keys=dict.fromkeys(keys),
        title=f"一件事编排：{draft.theme.name}",
        body=f"“{draft.theme.name}”的修改{says}",
        link=reverse("services:theme-report", args=[draft.theme.code]),
        by=PLATFORM,
    )


def _told(draft: ThemeDraft) -> tuple[Iterable[str], str]:
    if draft.state == DraftState.SUBMITTED:
        return officials_holding(Post.AUTHORITY), "请您审核，通过就发布。"
    if draft.state == DraftState.PUBLISHED:
        return _writers(draft), "已发布，新的申请照它办。您现在不用做什么。"
    if draft.reason:
        return _writers(draft), f"被退回，请修改。理由：{draft.reason}。"
    return (), ""


def _writers(draft: ThemeDraft) -> list[str]:
    own = draft.theme.department.credit_code
    return officials_holding(Post.DATA_MANAGER, department=own)
