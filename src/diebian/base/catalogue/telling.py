"""Who is told when entries or their changes move: whoever acts next, and whoever waits for it.

One notice to each person, for one entry or for a hundred that moved together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from diebian.base.messages.public import notify_all
from diebian.security.identity.public import PLATFORM, Actor, Post, officials_holding

from .models import ChangeState, Entry, EntryChange, State
from .users import reached_by
from .waiting import change_due, publication_due

Moving = Entry | EntryChange
NAMED = 3
OFFICE = (Post.DATA_MANAGER, Post.DATA_HEAD)


@dataclass(frozen=True)
class Says:
    """`to`: posts of the provider; or the authority, which is of the whole city."""

    words: str
    to: Sequence[Post]
    verb: str = ""  # of the page where many are done at once


NEXT: dict[str, Says] = {
    State.OFFICE_REVIEW: Says("请代表本部门审核", (Post.DATA_HEAD,), "approve"),
    State.SUBMITTED: Says("请审核发布", (Post.AUTHORITY,), "publish"),
    State.DRAFT: Says("被退回，请修改后重新提交", (Post.DATA_MANAGER,), "submit"),
    State.PUBLISHED: Says("已经发布，现在不用做什么", OFFICE),
    State.WITHDRAWN: Says("已撤销。还用得上的，可以在它的页面上重新起草", OFFICE),
    ChangeState.RETURNED: Says("被退回，请修改后重新提出", (Post.DATA_MANAGER,)),
}
TO_USERS: dict[str, str] = {
    State.WITHDRAWN: "已撤销。贵单位已有的授权照旧，到期后不能再申请；要接着用，请和提供部门商量",
    ChangeState.PUBLISHED: "写的内容有变更，请看看对贵单位的使用有没有影响",
}


def tell_moved(moved: Sequence[Moving], by: Actor) -> None:
    """All of one kind went the same step; departments may be several."""
    groups: dict[tuple[str, str], list[Moving]] = defaultdict(list)
    for one in moved:
        groups[_entry(one).provider.credit_code, one.state].append(one)
    for (provider, state), group in groups.items():
        says = NEXT[state]
        body = f"{says.words}{_until(group)}{_reason(group)}。"
        keys = [key for post in says.to for key in holding(post, provider)]
        tell([key for key in keys if key != by.key], group, body, _page(group, says.verb))
        _tell_users(group, state)


def tell(keys: Iterable[str], of: Sequence[Moving], body: str, link: str) -> None:
    says = f"{_entry(of[0]).provider.name}的{_named(of)}：{body}"
    notify_all(keys=keys, title=_title(of), body=says, link=link, by=PLATFORM)


def _tell_users(group: Sequence[Moving], state: str) -> None:
    """国务院令第809号 第二十七条: whoever relies on it learns of it, and where to act."""
    is_change = isinstance(group[0], EntryChange)
    if state not in TO_USERS or (state == ChangeState.PUBLISHED and not is_change):
        return
    pages = reached_by([_entry(one) for one in group])
    theirs: dict[str, list[Moving]] = defaultdict(list)
    for one in group:
        for key in pages.get(_entry(one).pk, ()):
            theirs[key].append(one)
    for key, of in theirs.items():
        page = pages[_entry(of[0]).pk][key]
        tell([key], of, f"{TO_USERS[state]}{_reason(of)}。", page)


def holding(post: Post, provider: str) -> list[str]:
    return officials_holding(post, department="" if post == Post.AUTHORITY else provider)


def _until(group: Sequence[Moving]) -> str:
    """They moved in one moment, so they have one last day."""
    one = group[0]
    day = publication_due(one) if isinstance(one, Entry) else change_due(one)
    return f"，最晚 {day}" if day else ""


def _reason(group: Sequence[Moving]) -> str:
    reasons = dict.fromkeys(one.reason for one in group if one.reason)
    return f"。理由：{'；'.join(reasons)}" if reasons else ""


def _page(group: Sequence[Moving], verb: str) -> str:
    if len(group) > 1:
        return reverse("catalogue:many", args=[verb]) if verb else reverse("catalogue:entries")
    return reverse("catalogue:entry", args=[_entry(group[0]).public_id])


def _title(of: Sequence[Moving]) -> str:
    kind = "目录变更" if isinstance(of[0], EntryChange) else "目录"
    many = f"{len(of)} 条" if len(of) > 1 else _entry(of[0]).title
    return f"{kind}：{many}"


def _named(of: Sequence[Moving]) -> str:
    names = "、".join(f"“{_entry(one).title}”" for one in of[:NAMED])
    kind = "目录变更" if isinstance(of[0], EntryChange) else "目录"
    return f"{kind}{names}{f'等 {len(of)} 条' if len(of) > NAMED else ''}"


def _entry(one: Moving) -> Entry:
    return one.entry if isinstance(one, EntryChange) else one
